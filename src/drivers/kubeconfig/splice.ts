import {toYaml} from '../../to-yaml.ts'
import {parseYamlDocument} from '../../yaml.ts'

/**
 * The text of a kubeconfig with one item of a list replaced (or added, or with undefined: removed), all other characters as they
 * are. It knows block style only; for other styles the result may mean something else, and the caller compares.
 */
export function spliceItem(text: string, list: string, name: string, item: unknown): string {
  const found = findList(text, list)
  if (!found) return item === undefined ? text : append(text, `${list}:\n${toBlock(item, '')}`)
  const at = found.items.findIndex((one) => one.name === name)
  const old = found.items[at]
  if (old) {
    if (item !== undefined) return replace(text, old, toBlock(item, old.indent))
    const rest = replace(text, old, '')
    return found.items.length === 1 ? replace(rest, {start: found.keyEnd, end: found.keyEnd}, ' []') : rest
  }
  if (item === undefined) return text
  const last = found.items.at(-1)
  if (last) return insertLine(text, last.end, toBlock(item, last.indent))
  // `clusters: []` or `clusters: null`, or nothing after the colon.
  return replace(
    text,
    {start: found.keyEnd, end: Math.max(found.valueEnd, found.keyEnd)},
    `\n${toBlock(item, '').trimEnd()}`,
  )
}

/** The same for a key with a plain value. */
export function spliceScalar(text: string, key: string, value: string): string {
  const shown = value === '' ? '""' : value
  const pair = pairsOf(text).find((one) => one.key === key)
  if (!pair) return append(text, `${key}: ${shown}\n`)
  return pair.value
    ? replace(text, pair.value, shown)
    : replace(text, {start: pair.keyEnd, end: pair.keyEnd}, ` ${shown}`)
}

interface Span {
  readonly start: number
  readonly end: number
}

interface Item extends Span {
  readonly name: unknown
  /** What stands before the dash. */
  readonly indent: string
}

function findList(
  text: string,
  list: string,
): {readonly keyEnd: number; readonly valueEnd: number; readonly items: readonly Item[]} | undefined {
  const pair = pairsOf(text).find((one) => one.key === list)
  if (!pair) return undefined
  const items = pair.items.map(({name, start, end}) => {
    const dash = text.lastIndexOf('-', start - 1)
    const lineStart = text.lastIndexOf('\n', dash) + 1
    return {name, indent: text.slice(lineStart, dash), start: lineStart, end: endOfLine(text, end)}
  })
  return {keyEnd: pair.keyEnd, valueEnd: pair.value?.end ?? pair.keyEnd, items}
}

interface Pair {
  readonly key: string
  /** Just behind the colon. */
  readonly keyEnd: number
  readonly value?: Span
  readonly items: readonly (Span & {readonly name: unknown})[]
}

/** The nodes of the yaml library, as far as they are needed here. Ranges are offsets: start, end of the value, end with what follows. */
interface Node {
  readonly range?: readonly [number, number, number] | null
  readonly items?: readonly unknown[]
  readonly value?: unknown
}

function pairsOf(text: string): readonly Pair[] {
  const root = parseYamlDocument(text).contents as Node | null
  return (root?.items ?? []).flatMap((item) => {
    const {key, value} = item as {readonly key: Node; readonly value: Node | null}
    if (typeof key.value !== 'string' || !key.range) return []
    const keyEnd = text.indexOf(':', key.range[1]) + 1
    const span =
      value?.range && value.range[1] > value.range[0] ? {value: {start: value.range[0], end: value.range[1]}} : {}
    return [{key: key.value, keyEnd, ...span, items: (value?.items ?? []).flatMap(toItemSpan)}]
  })
}

function toItemSpan(item: unknown): readonly (Span & {readonly name: unknown})[] {
  const node = item as Node
  if (!node.range) return []
  const name = (node.items ?? [])
    .map((pair) => pair as {readonly key?: Node; readonly value?: Node})
    .find(({key}) => key?.value === 'name')
  return [{name: name?.value?.value, start: node.range[0], end: lastEnd(node)}]
}

/** Where the content of a node ends, without the comments and empty lines that the library counts to a collection. */
function lastEnd(node: Node): number {
  const last = node.items?.at(-1) as (Node & {readonly key?: Node; readonly value?: Node | null}) | undefined
  if (!last) return node.range?.[1] ?? 0
  if (last.range) return lastEnd(last)
  const {value} = last
  return value?.range && value.range[1] > value.range[0] ? lastEnd(value) : (last.key?.range?.[1] ?? 0) + 1
}

/** Just behind the end of the line that `at` lies in; a block scalar already ends there. */
function endOfLine(text: string, at: number): number {
  if (text[at - 1] === '\n') return at
  const end = text.indexOf('\n', at)
  return end === -1 ? text.length : end + 1
}

function toBlock(item: unknown, indent: string): string {
  return toYaml([item]).replace(/^(?=.)/gm, indent)
}

function insertLine(text: string, at: number, block: string): string {
  return replace(text, {start: at, end: at}, text[at - 1] === '\n' ? block : `\n${block}`)
}

function append(text: string, block: string): string {
  return text === '' || text.endsWith('\n') ? text + block : `${text}\n${block}`
}

function replace(text: string, {start, end}: Span, by: string): string {
  return text.slice(0, start) + by + text.slice(end)
}
