import {type Document, isAlias, isMap, isScalar, isSeq, type Node, parseDocument, type Scalar} from 'yaml'
import type {TextStyle, Tree, TreeEntry} from './tree.ts'

/** A YAML document as a tree, or the first thing that is wrong with it: message and offset in the text. */
export type YamlTree = {readonly tree: Tree} | {readonly fault: {readonly message: string; readonly offset: number}}

/** Nodes that aliases may add up to: more is an attack or a mistake. */
const mostNodes = 100_000

/** Reads one document that begins at an offset of a longer text; all offsets are those of the longer text. Never throws. */
export function readYamlTree(text: string, start: number, end: number): YamlTree {
  const document = parseDocument(text.slice(start, end), {prettyErrors: false, logLevel: 'silent', uniqueKeys: true})
  const [error] = document.errors
  if (error) return {fault: {message: firstLine(error.message), offset: Math.min(start + error.pos[0], end)}}
  try {
    const converter = new Converter(document, text, start)
    return {tree: converter.convert(document.contents)}
  } catch (failure) {
    return {fault: {message: failure instanceof Error ? firstLine(failure.message) : String(failure), offset: start}}
  }
}

class Converter {
  private nodes = 0

  constructor(
    private readonly document: Document,
    private readonly text: string,
    private readonly start: number,
  ) {}

  convert(node: Node | null | undefined, depth = 0): Tree {
    this.nodes += 1
    if (this.nodes > mostNodes || depth > 200) throw new Error('the document is too large or too deep')
    const [from = 0, to = from] = node?.range ?? []
    const span = {start: this.start + from, end: this.start + to}
    if (isAlias(node)) return {...this.convert(node.resolve(this.document), depth + 1), ...span}
    if (isMap(node)) {
      const entries = node.items.flatMap(({key, value}): TreeEntry[] => {
        const name = isScalar(key) ? String(key.value) : undefined
        if (name === undefined) return []
        const [keyFrom = 0, keyTo = keyFrom] = (key as Scalar).range ?? []
        const at = {start: this.start + keyFrom, end: this.start + keyTo}
        return [{key: name, at, value: value ? this.convert(value as Node, depth + 1) : nothing(at.end)}]
      })
      return {kind: 'map', entries, ...span}
    }
    if (isSeq(node))
      return {kind: 'list', items: node.items.map((item) => this.convert(item as Node, depth + 1)), ...span}
    return isScalar(node) ? this.scalar(node, span) : nothing(this.start)
  }

  private scalar({value, type}: Scalar, span: {readonly start: number; readonly end: number}): Tree {
    if (typeof value === 'string') {
      const style = styles[type ?? 'PLAIN'] ?? 'plain'
      return {kind: 'text', value, style, pieces: align(value, this.text, span), ...span}
    }
    const known = typeof value === 'number' || typeof value === 'boolean' || value === null
    return {kind: 'value', value: known ? value : Number(value), ...span}
  }
}

const styles: Readonly<Record<string, TextStyle>> = {
  PLAIN: 'plain',
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_LITERAL: 'literal',
  BLOCK_FOLDED: 'folded',
}

function nothing(at: number): Tree {
  return {kind: 'value', value: null, start: at, end: at}
}

/** Pairs a value's characters with those of its source: each is looked for behind the one before; blanks and escapes may be passed over. */
function align(
  value: string,
  text: string,
  {start, end}: {readonly start: number; readonly end: number},
): readonly number[] {
  const source = text.slice(start, end)
  const header = /^[|>][^\n]*\n/.exec(source)?.[0].length ?? (/^['"]/.test(source) ? 1 : 0)
  const pieces = [0, start + header]
  let at = header
  for (let index = 0; index < value.length; index += 1, at += 1) {
    const wanted = value[index] ?? ''
    if (source[at] === wanted) continue
    if (source[at] === '\\') {
      at += escapeLength(source[at + 1] ?? '') - 1
      pieces.push(index + 1, start + at + 1)
      continue
    }
    if (/\s/.test(wanted)) {
      const gap = /\s*/y
      gap.lastIndex = at
      at += Math.max(0, (gap.exec(source)?.[0].length ?? 0) - 1)
      continue
    }
    const found = source.indexOf(wanted, at)
    if (found < 0) return pieces
    at = found
    pieces.push(index, start + at)
  }
  return pieces
}

/** Of an escape of a double-quoted text, its backslash included. */
function escapeLength(letter: string): number {
  return {x: 4, u: 6, U: 10}[letter] ?? 2
}

function firstLine(message: string): string {
  return message.split('\n')[0] ?? message
}
