import {plainLeaf} from './plain.ts'
import {readQuoted} from './quoted.ts'
import {Unread} from './unread.ts'

/** Whether a dash of a list stands at `at`. */
export function isItem(text: string, at: number, limit: number): boolean {
  if (text.charCodeAt(at) !== 45) return false
  const code = text.charCodeAt(at + 1)
  return code === 32 || code === 10 || code === 13 || at + 1 >= limit
}

/** The offset of the colon behind a key that begins at `at`, on a line that ends at `stop`; -1 where there is none. */
export function keyEnd(text: string, at: number, stop: number): number {
  const code = text.charCodeAt(at)
  if (code === 34 || code === 39) {
    const leaf = readQuoted(text, at, {limit: stop, deeper: 0})
    return leaf && text[leaf.end] === ':' && isGap(text, leaf.end + 1, stop) ? leaf.end : -1
  }
  for (let colon = at; colon < stop; colon += 1) {
    const here = text.charCodeAt(colon)
    if (here === 58 && isGap(text, colon + 1, stop)) return colon
    if (here === 35 && text.charCodeAt(colon - 1) === 32) return -1
  }
  return -1
}

/** The key before its colon. @throws Unread for one that readers may write differently, such as a number */
export function readKey(text: string, at: number, colon: number): {readonly text: string; readonly end: number} {
  const raw = text.slice(at, colon)
  if (raw.startsWith('"') || raw.startsWith("'")) {
    const leaf = readQuoted(text, at, {limit: colon, deeper: 0})
    if (!leaf) throw new Unread()
    return {text: leaf.value, end: leaf.end}
  }
  if (!/^[A-Za-z_/][^\s,[\]{}#&*!|>'"%@`]*$/.test(raw) || plainLeaf(raw, at).kind !== 'text') throw new Unread()
  return {text: raw, end: colon}
}

/** Where a plain scalar ends on its line, before a comment and blanks. @throws Unread for what is no plain scalar, or a map inside one */
export function plainEnd(text: string, at: number, stop: number): number {
  const raw = text.slice(at, stop)
  if (/^[&*!|>%@`,?\]}#]|^[-?:](?:\s|$)/.test(raw) || raw.includes('\t')) throw new Unread()
  const comment = raw.indexOf(' #')
  const value = (comment < 0 ? raw : raw.slice(0, comment)).trimEnd()
  if (value.includes(': ') || value.endsWith(':')) throw new Unread()
  return at + value.length
}

function isGap(text: string, at: number, stop: number): boolean {
  const code = text.charCodeAt(at)
  return at >= stop || code === 32 || code === 13
}
