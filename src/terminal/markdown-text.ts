/** Text as Markdown shows it unchanged, on one line: for a paragraph that begins with something else, and for a cell of a table. */
export function plainText(text: string): string {
  return oneLine(text).replaceAll(/[\\`*_[\]<>&|~$]/g, String.raw`\$&`)
}

/** The text as code inside a paragraph: a command, a name. */
export function codeSpan(text: string): string {
  const line = oneLine(text)
  const fence = '`'.repeat(longestRun(line) + 1)
  const margin = /^`|`$/.test(line) ? ' ' : ''
  return line === '' ? '' : `${fence}${margin}${line}${margin}${fence}`
}

/** The lines as a block of code, whatever is in them. */
export function codeBlock(lines: readonly string[]): string {
  const text = lines.join('\n')
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1))
  return `${fence}text\n${text}\n${fence}`
}

/** A table as GitHub draws it; the cells are Markdown already. No rows: no text. */
export function markdownTable(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return ''
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(headings), `|${'---|'.repeat(headings.length)}`, ...rows.map(line)].join('\n')
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
}
