/** By name; undefined: the attribute is left out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>

/** An element as text. What is inside is XML already: texts go through `escapeXml` first. */
export function element(name: string, attributes: Attributes, inside: readonly string[] = []): string {
  const start = startTag(name, attributes)
  return inside.length === 0 ? `${start.slice(0, -1)}/>` : `${start}${inside.join('')}</${name}>`
}

export function startTag(name: string, attributes: Attributes): string {
  const known = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined
      ? []
      : [` ${key}="${escapeXml(String(value)).replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')}"`],
  )
  return `<${name}${known.join('')}>`
}

/** What XML 1.0 cannot hold (control characters, halves of pairs) becomes U+FFFD: it must be seen that something stood there. */
export function escapeXml(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\u{FFFD}')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '&#13;')
}
