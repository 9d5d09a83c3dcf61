import {placeIn, type Tree, type TreeMap} from '../../tree.ts'
import type {Config, Ipam, LintObject, Network, Plugin} from '../scene.ts'
import {leafAt, listAt, mapAt, textAt} from '../tree-access.ts'
import {readJson} from './json.ts'
import {poolsOf} from './pools.ts'

/** A NetworkAttachmentDefinition with its configuration read. */
export function readNetwork(object: LintObject): Network {
  const annotations = mapAt(object.tree, 'metadata', 'annotations')
  const config = readConfig(object)
  return {...object, ...(annotations && {annotations}), ...(config && {config})}
}

function readConfig(object: LintObject): Config | undefined {
  const host = leafAt(object.tree, 'spec', 'config')
  if (!host || host.value.trim() === '') return undefined
  const {tree, faults} = readJson(host.value, (offset) => placeIn(host, offset))
  const name = textAt(tree, 'name') || object.name
  if (tree?.kind !== 'map') return {host, faults, name, plugins: []}
  return {host, faults, name, root: tree, plugins: pluginsOf(tree)}
}

function pluginsOf(root: TreeMap): readonly Plugin[] {
  const list = listAt(root, 'plugins')
  const trees = list ? list.items : [root]
  return trees.flatMap((tree, index) => (tree.kind === 'map' ? [readPlugin(tree, index === 0)] : []))
}

function readPlugin(tree: TreeMap, first: boolean): Plugin {
  const ipam = readIpam(mapAt(tree, 'ipam'))
  return {tree, first, type: textAt(tree, 'type') ?? '', ...(ipam && {ipam})}
}

function readIpam(tree: Tree | undefined): Ipam | undefined {
  if (tree?.kind !== 'map') return undefined
  const type = textAt(tree, 'type') ?? ''
  return {tree, type, pools: poolsOf(type, tree)}
}
