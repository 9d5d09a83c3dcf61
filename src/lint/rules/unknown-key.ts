import {nearestName} from '../../spec/nearest-name.ts'
import type {TextLeaf, Tree, TreeMap} from '../../tree.ts'
import {editIn} from '../edits.ts'
import {ipams} from '../known/ipams.ts'
import {listKeys} from '../known/key-kind.ts'
import {keysOfPlugin} from '../known/plugins.ts'
import type {Found, Rule} from '../rule.ts'
import {sameName} from '../spelling.ts'
import {entryOf, listAt, mapAt} from '../tree-access.ts'

/** With these keys an unknown one is a note by its writer: `_comment`, `//`. */
const remark = /^[_$/]|^comment$/

export const unknownKey: Rule = {
  code: 'KL-L202',
  title: 'A key is not one that its plugin reads',
  severity: 'warn',
  why: 'Plugins pass over keys they do not know without a word: the setting has no effect. host-local writes rangeStart, whereabouts range_start (multus facts 3.2 and 3.3: containernetworking/plugins v1.9.1, whereabouts v0.9.4).',
  fix: 'Mind the spelling and the capital letters',
  *network({config, tree}) {
    for (const {key, at} of mapAt(tree, 'spec')?.entries ?? [])
      if (key !== 'config')
        yield {at, message: `spec has no '${key}': the API server drops it`, fix: 'Put it into spec.config'}
    if (!config?.root) return
    const {host, root} = config
    if (entryOf(root, 'plugins')) yield* keysOf(host, root, {known: listKeys, what: 'a configuration with plugins'})
    for (const {tree: plugin, type, ipam} of config.plugins) {
      const known = keysOfPlugin(type)
      if (known) yield* keysOf(host, plugin, {known, what: type})
      const pool = ipam && Object.hasOwn(ipams, ipam.type) ? ipams[ipam.type] : undefined
      if (!ipam || !pool) continue
      yield* keysOf(host, ipam.tree, {known: pool.keys, what: ipam.type})
      for (const [list, elementKeys] of Object.entries(pool.elements))
        for (const element of elementsOf(listAt(ipam.tree, list)))
          yield* keysOf(host, element, {known: elementKeys, what: `an element of "${list}"`})
    }
  },
}

function elementsOf(tree: Tree | undefined): readonly TreeMap[] {
  if (tree?.kind === 'map') return [tree]
  return tree?.kind === 'list' ? tree.items.flatMap(elementsOf) : []
}

function* keysOf(
  host: TextLeaf,
  tree: TreeMap,
  {known, what}: {readonly known: Readonly<Record<string, unknown>>; readonly what: string},
): Iterable<Found> {
  for (const {key, at} of tree.entries) {
    if (Object.hasOwn(known, key) || remark.test(key)) continue
    const names = Object.keys(known)
    const alike = names.find((name) => sameName(name, key))
    const near = alike ?? nearestName(key, names)
    const taken = near !== undefined && entryOf(tree, near) !== undefined
    yield {
      at,
      message: `${what} has no '${key}': it is passed over`,
      fix: near === undefined ? 'Remove it, or move it to where it belongs' : `Write "${near}"`,
      ...(alike !== undefined && !taken && {edit: editIn(host, at, JSON.stringify(alike))}),
    }
  }
}
