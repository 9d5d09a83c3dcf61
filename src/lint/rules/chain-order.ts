import {plugins} from '../known/plugins.ts'
import type {Rule} from '../rule.ts'
import {entryOf, startOf} from '../tree-access.ts'

export const chainOrder: Rule = {
  code: 'KL-L206',
  title: 'A plugin stands where it cannot work',
  severity: 'error',
  why: 'tuning, sbr, bandwidth, vrf, portmap and firewall change an interface that a plugin before them made ("Required prevResult missing"); bandwidth needs a veth pair, so bridge or ptp before it ("has no veth peer"). Only the first plugin hands out addresses (containernetworking/plugins v1.9.1, tried).',
  fix: 'Put the plugin that makes the interface first, with the ipam, and the others behind it in "plugins"',
  *network({config}) {
    const chain = config?.plugins ?? []
    const main = chain[0]?.type ?? ''
    const known = Object.hasOwn(plugins, main) ? plugins[main] : undefined
    for (const {tree, type, first} of chain) {
      const own = Object.hasOwn(plugins, type) ? plugins[type] : undefined
      const at = entryOf(tree, 'type')?.value ?? startOf(tree)
      if (first && own?.chained)
        yield {
          at,
          message: `${type} needs a plugin before it that makes the interface`,
          fix: 'Put it into "plugins", behind macvlan, bridge or another',
        }
      const ipam = entryOf(tree, 'ipam')
      if (!first && ipam && own?.ipam === 'none')
        yield {
          at: ipam.at,
          severity: 'warn',
          message: `${type} hands out no addresses: its "ipam" is passed over`,
          fix: 'Move "ipam" to the first plugin',
        }
      if (first || !known || known.veth) continue
      if (type === 'bandwidth')
        yield {
          at,
          message: `bandwidth needs a veth pair, which ${main} does not make`,
          fix: 'Use it behind bridge or ptp',
        }
      if (type === 'portmap')
        yield {
          at,
          severity: 'warn',
          message: `the node cannot reach a pod on ${main}, so its port mappings lead nowhere`,
          fix: 'Use portmap behind a bridge with isGateway, or behind ptp',
        }
    }
  },
}
