import {nearestName} from '../../spec/nearest-name.ts'
import type {TextLeaf, Tree, TreeMap} from '../../tree.ts'
import {editIn} from '../edits.ts'
import {ipams} from '../known/ipams.ts'
import {commonKeys, type KeyKind} from '../known/key-kind.ts'
import {keysOfPlugin} from '../known/plugins.ts'
import type {Found, Rule} from '../rule.ts'
import {kindOf, startOf, textAt} from '../tree-access.ts'
import type {Edit} from '../scene.ts'

export const wrongValue: Rule = {
  code: 'KL-L203',
  title: 'A value is not of the kind that its key takes',
  severity: 'error',
  why: 'The plugin cannot parse its configuration, or refuses the value, and the pod does not start (multus facts 3.2: containernetworking/plugins v1.9.1). Linux takes 15 characters for the name of a bridge or another interface.',
  fix: 'Give a value of the kind that the message names',
  *network({config}) {
    for (const {tree, type, ipam} of config?.plugins ?? []) {
      if (!config) return
      yield* valuesOf(config.host, tree, keysOfPlugin(type) ?? commonKeys)
      const pool = ipam && Object.hasOwn(ipams, ipam.type) ? ipams[ipam.type] : undefined
      if (ipam && pool) yield* valuesOf(config.host, ipam.tree, pool.keys)
      yield* longNames(tree)
    }
  },
}

function* valuesOf(host: TextLeaf, tree: TreeMap, kinds: Readonly<Record<string, KeyKind>>): Iterable<Found> {
  for (const {key, value} of tree.entries) {
    const kind = Object.hasOwn(kinds, key) ? kinds[key] : undefined
    if (kind === undefined || kind === 'any' || fits(value, kind) || (value.kind === 'value' && value.value === null))
      continue
    const edit = unquoted(host, value, kind)
    yield {
      at: value.kind === 'map' || value.kind === 'list' ? startOf(value) : value,
      message: `"${key}" is ${kindOf(value)} and must be ${wanted(kind)}`,
      fix: fixFor(value, kind),
      ...(edit && {edit}),
    }
  }
}

function fits(value: Tree, kind: KeyKind): boolean {
  if (typeof kind === 'object') {
    if ('oneOf' in kind) return value.kind === 'text' && kind.oneOf.includes(value.value)
    return (
      value.kind === 'value' &&
      typeof value.value === 'number' &&
      Number.isInteger(value.value) &&
      value.value >= kind.from &&
      value.value <= kind.to
    )
  }
  if (kind === 'text' || kind === 'map' || kind === 'list') return value.kind === kind
  return value.kind === 'value' && typeof value.value === kind
}

function wanted(kind: KeyKind): string {
  if (typeof kind === 'object') {
    if ('oneOf' in kind) return `one of ${kind.oneOf.filter(Boolean).join(', ')}`
    return `a whole number from ${kind.from} to ${kind.to}`
  }
  return {text: 'a text', number: 'a number', boolean: 'true or false', map: 'an object', list: 'a list', any: ''}[kind]
}

function fixFor(value: Tree, kind: KeyKind): string {
  const text = value.kind === 'text' ? value.value : undefined
  const near =
    typeof kind === 'object' && 'oneOf' in kind && text !== undefined
      ? nearestName(text, kind.oneOf.filter(Boolean))
      : undefined
  if (near !== undefined) return `Write "${near}"`
  return text !== undefined && isPlain(text) && kind !== 'list' && kind !== 'map'
    ? `Write ${text} without quotes`
    : `Write ${wanted(kind)}`
}

/** `"1500"` for 1500, `"true"` for true: nothing else can be meant. */
function unquoted(host: TextLeaf, value: Tree, kind: KeyKind): Edit | undefined {
  if (value.kind !== 'text' || !isPlain(value.value)) return undefined
  const parsed: unknown = JSON.parse(value.value)
  const leaf: Tree = {kind: 'value', value: parsed as number | boolean, start: value.start, end: value.end}
  return fits(leaf, kind) ? editIn(host, value, value.value) : undefined
}

function isPlain(text: string): boolean {
  return /^(?:true|false|0|[1-9]\d{0,9})$/.test(text)
}

function* longNames(tree: TreeMap): Iterable<Found> {
  for (const {key, value} of tree.entries) {
    if ((key !== 'bridge' && key !== 'master' && key !== 'device' && key !== 'vrfname') || value.kind !== 'text')
      continue
    if (value.value.length > 15)
      yield {
        at: value,
        message: `${value.value} has ${value.value.length} characters: Linux takes 15 for an interface`,
        fix: `Use a shorter name, such as ${value.value.slice(0, 10)}`,
      }
    else if (key === 'bridge' && textAt(tree, 'type') === 'bridge' && /^(?:eth\d+|lo)$/.test(value.value))
      yield {
        at: value,
        message: `${value.value} is a NIC of the node and no bridge`,
        fix: 'Name a bridge of its own, such as br-data; the plugin makes it',
      }
  }
}
