/** What an annotation says of itself: its title, its place in a file. */
export type AnnotationProperties = Readonly<Record<string, string | number | undefined>>

/**
 * A workflow command of GitHub Actions that makes an annotation: always one line, escaped as the runner undoes it (actions/toolkit,
 * packages/core/src/command.ts).
 */
export function workflowCommand(
  name: 'error' | 'warning' | 'notice',
  properties: AnnotationProperties,
  message: string,
): string {
  const known = Object.entries(properties).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${escapeProperty(String(value))}`],
  )
  return `::${name} ${known.join(',')}::${escapeData(message)}`
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
