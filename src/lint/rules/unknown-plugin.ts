import {nearestName} from '../../spec/nearest-name.ts'
import {editIn} from '../edits.ts'
import {foreignIpams, foreignPlugins} from '../known/foreign.ts'
import {ipams} from '../known/ipams.ts'
import {plugins} from '../known/plugins.ts'
import type {Found, Rule} from '../rule.ts'
import type {Config} from '../scene.ts'
import {leafAt} from '../tree-access.ts'
import type {TreeMap} from '../../tree.ts'

export const unknownPlugin: Rule = {
  code: 'KL-L201',
  title: 'No plugin of that type is known',
  severity: 'warn',
  why: 'The type is the name of a program in /opt/cni/bin of the node. Without it every pod fails: failed to find plugin (multus-cni #739, #1038).',
  fix: 'Mind the spelling; install a plugin of your own on every node',
  *network({config}) {
    for (const {type, tree, ipam} of config?.plugins ?? []) {
      if (type !== '' && !Object.hasOwn(plugins, type) && !foreignPlugins.includes(type))
        yield* unknown(config, {tree, type, what: 'plugin', names: [...Object.keys(plugins), ...foreignPlugins]})
      if (ipam && ipam.type !== '' && !Object.hasOwn(ipams, ipam.type) && !foreignIpams.includes(ipam.type))
        yield* unknown(config, {
          tree: ipam.tree,
          type: ipam.type,
          what: 'IPAM',
          names: [...Object.keys(ipams), ...foreignIpams],
        })
    }
  },
}

function* unknown(
  config: Config | undefined,
  {tree, type, what, names}: {tree: TreeMap; type: string; what: string; names: readonly string[]},
): Iterable<Found> {
  const leaf = leafAt(tree, 'type')
  if (!leaf || !config) return
  const near = nearestName(type, names)
  yield {
    at: leaf,
    ...(near !== undefined && {severity: 'error' as const}),
    message: `no ${what} is known as '${type}'`,
    fix:
      near === undefined
        ? `Known are ${names.slice(0, 12).join(', ')}; another has to be on every node`
        : `Write "${near}"`,
    ...(near !== undefined &&
      near.toLowerCase() === type.toLowerCase() && {edit: editIn(config.host, leaf, JSON.stringify(near))}),
  }
}
