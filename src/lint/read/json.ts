import type {Span, TextLeaf, Tree, TreeEntry} from '../../tree.ts'
import {readEscape} from './quoted.ts'

/** Something that JSON does not allow, where it stands, and how to make it right where that is certain. */
export interface JsonFault extends Span {
  readonly message: string
  /** What takes the place of the span. */
  readonly replacement?: string
}

export interface JsonText {
  /** As far as it could be read; absent where it begins with nothing that is JSON. */
  readonly tree?: Tree
  readonly faults: readonly JsonFault[]
}

const deepest = 200

/**
 * Reads JSON, keeps positions and goes on behind commas too many and comments, which people write and Multus refuses. All offsets go
 * through `place`, so that they are those of the file when the text is a value inside it. Never throws.
 */
export function readJson(text: string, place: (offset: number) => number = (offset) => offset): JsonText {
  const reader = new JsonReader(text, place)
  const tree = reader.document()
  return {faults: reader.faults, ...(tree && {tree})}
}

class JsonReader {
  readonly faults: JsonFault[] = []
  private at = 0

  constructor(
    private readonly text: string,
    private readonly place: (offset: number) => number,
  ) {}

  document(): Tree | undefined {
    this.skip()
    if (this.at >= this.text.length) {
      this.fault('it is empty', 0, 0)
      return undefined
    }
    const tree = this.value(0)
    this.skip()
    if (tree && !this.broken && this.at < this.text.length)
      this.fault('something follows the end of the JSON', this.at, this.at + 1)
    return tree
  }

  /** Once broken, nothing further is said: the rest would only be a consequence. */
  private broken = false

  private value(depth: number): Tree | undefined {
    const start = this.at
    const character = this.text[start]
    if (depth > deepest) return this.giveUp('it is nested too deeply')
    if (character === '{') return this.map(depth)
    if (character === '[') return this.list(depth)
    if (character === '"') return this.string()
    word.lastIndex = start
    const found = word.exec(this.text)?.[0] ?? ''
    if (found === '') return this.giveUp(`a value is missing`)
    this.at = start + found.length
    const at = this.span(start, this.at)
    if (Object.hasOwn(constants, found)) return {kind: 'value', value: constants[found] ?? null, ...at}
    if (/^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(found)) return {kind: 'value', value: Number(found), ...at}
    this.faults.push({...at, message: `${found} is neither a number nor true, false or null: quote it`})
    return {kind: 'text', value: found, style: 'plain', pieces: [0, at.start], ...at}
  }

  private map(depth: number): Tree {
    const start = this.at
    const entries: TreeEntry[] = []
    this.members('}', () => {
      if (this.text[this.at] !== '"') return this.giveUp('a key in double quotes is missing') !== undefined
      const key = this.string()
      if (!key) return false
      this.skip()
      if (this.text[this.at] !== ':') return this.giveUp(`":" is missing behind "${key.value}"`) !== undefined
      this.at += 1
      this.skip()
      const value = this.value(depth + 1)
      if (value) entries.push({key: key.value, at: {start: key.start, end: key.end}, value})
      return value !== undefined
    })
    return {kind: 'map', entries, ...this.span(start, this.at)}
  }

  private list(depth: number): Tree {
    const start = this.at
    const items: Tree[] = []
    this.members(']', () => {
      const value = this.value(depth + 1)
      if (value) items.push(value)
      return value !== undefined
    })
    return {kind: 'list', items, ...this.span(start, this.at)}
  }

  /** What stands between brackets, separated by commas; `member` reads one and says whether to go on. */
  private members(close: string, member: () => boolean): void {
    this.at += 1
    let comma: number | undefined
    for (;;) {
      this.skip()
      if (this.text[this.at] === close) {
        if (comma !== undefined) this.fault('a comma stands behind the last element', comma, comma + 1, '')
        this.at += 1
        return
      }
      if (this.at >= this.text.length) this.giveUp(`"${close}" is missing at the end`)
      if (this.broken || !member() || this.broken) return
      this.skip()
      comma = undefined
      if (this.text[this.at] === ',') comma = this.at++
      else if (this.text[this.at] !== close && this.at < this.text.length)
        this.giveUp(`a comma or "${close}" is missing`)
      if (this.broken) return
    }
  }

  private string(): TextLeaf | undefined {
    const start = this.at
    const pieces = [0, this.place(start + 1)]
    let value = ''
    for (let at = start + 1, from = at; at < this.text.length; ) {
      const code = this.text.charCodeAt(at)
      if (code === 34) {
        this.at = at + 1
        value += this.text.slice(from, at)
        return {kind: 'text', value, style: 'double', pieces, ...this.span(start, this.at)}
      }
      if (code === 10) break
      if (code !== 92) {
        at += 1
        continue
      }
      const escape = jsonEscapes.includes(this.text[at + 1] ?? ' ') ? readEscape(this.text, at) : undefined
      if (!escape) return this.giveUp('an escape is not one of JSON', at)
      value += this.text.slice(from, at) + escape.value
      at = escape.end
      from = at
      pieces.push(value.length, this.place(at))
    }
    return this.giveUp('the closing quote is missing', start)
  }

  /** Blanks, and comments, which are a fault. */
  private skip(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at)
      if (code === 32 || code === 10 || code === 13 || code === 9) this.at += 1
      else if (code === 47 || code === 35) {
        comment.lastIndex = this.at
        const found = comment.exec(this.text)?.[0]
        if (found === undefined) return
        this.fault('JSON has no comments', this.at, this.at + found.length, '')
        this.at += found.length
      } else return
    }
  }

  private giveUp(message: string, at = this.at): undefined {
    if (!this.broken) this.fault(message, Math.min(at, this.text.length), Math.min(at + 1, this.text.length))
    this.broken = true
    return undefined
  }

  private fault(message: string, start: number, end: number, replacement?: string): void {
    this.faults.push({message, ...this.span(start, end), ...(replacement !== undefined && {replacement})})
  }

  private span(start: number, end: number): Span {
    return {start: this.place(start), end: this.place(end)}
  }
}

const word = /[^\s,\]}"[{:#]*/y
const jsonEscapes = '"\\/bfnrtu'
const comment = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|#[^\n]*/y
const constants: Readonly<Record<string, boolean | null>> = {true: true, false: false, null: null}
