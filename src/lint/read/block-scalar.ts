import type {TextLeaf} from '../../tree.ts'

/** A literal text (`|`, `|-`, `|+`) and where the line behind it begins. */
export interface BlockScalar {
  readonly leaf: TextLeaf
  readonly next: number
}

/**
 * The literal block scalar whose header begins at `start`; its lines stand deeper than `parent`. Undefined for what only YAML's own reader
 * reads: folded scalars, an indentation that is given as a number, tabs.
 */
export function readLiteral(
  text: string,
  start: number,
  {parent, limit}: {parent: number; limit: number},
): BlockScalar | undefined {
  const headerEnd = lineEnd(text, start, limit)
  const header = /^\|([-+]?)[ \t]*\r?$/.exec(text.slice(start, headerEnd).replace(/[ \t]+#.*$/, ''))
  if (!header) return undefined
  const pieces: number[] = []
  let value = ''
  let indent = -1
  let at = Math.min(headerEnd + 1, limit)
  let end = headerEnd
  let blank = 0
  while (at < limit) {
    const stop = lineEnd(text, at, limit)
    const first = firstInk(text, at, stop)
    if (first >= stop || (text[first] === '\r' && first + 1 === stop)) {
      // Blanks beyond the indentation are content, and before the first line they may decide it.
      if (first - at > (indent < 0 ? 0 : indent)) return undefined
      blank += 1
      at = stop + 1
      continue
    }
    if (indent < 0) indent = first - at
    if (indent <= parent || first - at < indent) break
    if (text[first] === '\t') return undefined
    value += '\n'.repeat(blank)
    blank = 0
    const lineStop = text[stop - 1] === '\r' ? stop - 1 : stop
    pieces.push(value.length, at + indent)
    value += `${text.slice(at + indent, lineStop)}\n`
    end = lineStop
    at = stop + 1
  }
  const chomp = header[1]
  if (chomp === '+') value += '\n'.repeat(blank)
  else if (chomp === '-') value = value.replace(/\n$/, '')
  if (value === '' && chomp !== '+') return undefined
  return {leaf: {kind: 'text', value, style: 'literal', pieces, start, end}, next: Math.min(at, limit)}
}

/** Where the line that holds `at` ends: at its line feed, or at the limit. */
export function lineEnd(text: string, at: number, limit: number): number {
  const found = text.indexOf('\n', at)
  return found < 0 || found > limit ? limit : found
}

/** The first character of a line that is no space. */
export function firstInk(text: string, at: number, stop: number): number {
  let first = at
  while (first < stop && text.charCodeAt(first) === 32) first += 1
  return first
}
