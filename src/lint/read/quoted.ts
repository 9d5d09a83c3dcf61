import type {TextLeaf} from '../../tree.ts'

/**
 * The quoted text that begins at `start` of a YAML text, folded over lines as YAML does (a line break is a space, an empty line a line
 * break). `deeper` is the column that continuation lines must reach; lesser ones are read all the same and told of. Undefined: not closed,
 * or an escape that YAML does not know.
 */
export function readQuoted(text: string, start: number, {limit, deeper}: QuotedFrame): TextLeaf | undefined {
  const quote = text[start]
  const single = quote === "'"
  const pieces: number[] = [0, start + 1]
  let value = ''
  let shallow = false
  let at = start + 1
  while (at < limit) {
    const stop = nextSpecial(text, at, limit, single)
    value += text.slice(at, stop)
    at = stop
    if (at >= limit) return undefined
    const character = text[at]
    if (character === quote) {
      if (single && text[at + 1] === quote) {
        value += quote
        at += 2
        pieces.push(value.length, at)
        continue
      }
      return {
        kind: 'text',
        value,
        style: single ? 'single' : 'double',
        pieces,
        start,
        end: at + 1,
        ...(shallow && {shallow}),
      }
    }
    if (character === '\\') {
      const escape = readEscape(text, at)
      if (!escape) return undefined
      value += escape.value
      at = escape.end
      pieces.push(value.length, at)
      continue
    }
    const fold = readFold(text, at, limit)
    if (fold.column < deeper) shallow = true
    value = value.replace(/[ \t]+$/, '') + (fold.breaks === 1 ? ' ' : '\n'.repeat(fold.breaks - 1))
    at = fold.end
    pieces.push(value.length, at)
  }
  return undefined
}

interface QuotedFrame {
  readonly limit: number
  readonly deeper: number
}

function nextSpecial(text: string, from: number, limit: number, single: boolean): number {
  for (let at = from; at < limit; at += 1) {
    const code = text.charCodeAt(at)
    if (code === 10 || code === 13 || (single ? code === 39 : code === 34 || code === 92)) return at
  }
  return limit
}

/** The line breaks at `at` and the indentation behind them; the column is that of the first character that counts. */
function readFold(text: string, from: number, limit: number): {breaks: number; end: number; column: number} {
  let at = from
  let breaks = 0
  let lineStart = from
  while (at < limit) {
    const character = text[at]
    if (character === '\n') {
      breaks += 1
      lineStart = at + 1
    } else if (character !== ' ' && character !== '\t' && character !== '\r') break
    at += 1
  }
  return {breaks: Math.max(breaks, 1), end: at, column: at - lineStart}
}

const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  ' ': ' ',
  '0': '\0',
  a: '\u0007',
  b: '\b',
  e: '\u001b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
}

const codeLengths: Readonly<Record<string, number>> = {x: 2, u: 4, U: 8}

/** The character that an escape stands for, and where the escape ends. An escaped line break is not read: it is rare, and YAML's own reader does. */
export function readEscape(text: string, at: number): {readonly value: string; readonly end: number} | undefined {
  const letter = text[at + 1] ?? ''
  const simple = escapes[letter]
  if (simple !== undefined) return {value: simple, end: at + 2}
  const length = codeLengths[letter]
  if (length === undefined) return undefined
  const digits = text.slice(at + 2, at + 2 + length)
  if (digits.length < length || !/^[0-9a-fA-F]+$/.test(digits)) return undefined
  const code = Number.parseInt(digits, 16)
  return code > 0x10_ff_ff ? undefined : {value: String.fromCodePoint(code), end: at + 2 + length}
}
