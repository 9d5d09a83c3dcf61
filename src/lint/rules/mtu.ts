import {plugins} from '../known/plugins.ts'
import type {Rule} from '../rule.ts'
import {entryOf, numberAt, textAt} from '../tree-access.ts'

/** Of an engine's networks, and so of the nodes' NICs, unless somebody asked for another. */
const usual = 1500

export const mtu: Rule = {
  code: 'KL-L403',
  title: 'The MTU is larger than its NIC can carry',
  severity: 'warn',
  why: 'macvlan, ipvlan and vlan refuse an MTU above that of their master: invalid MTU 9000, must be [0, master MTU(1500)] (tried). NICs of kind nodes have 1500 unless their engine network was made with another. With a cluster its nodes are asked, and it is an error. Linux takes no MTU below 68.',
  fix: 'Leave "mtu" out, or use at most that of the master',
  *network({config}, {facts}) {
    for (const {tree, type} of config?.plugins ?? []) {
      const entry = entryOf(tree, 'mtu')
      const value = numberAt(tree, 'mtu')
      if (!entry || value === undefined) continue
      if (value > 0 && value < 68)
        yield {
          at: entry.value,
          severity: 'error',
          message: `Linux takes no MTU of ${value}`,
          fix: 'Use 68 or more; 1500 is usual',
        }
      if (!Object.hasOwn(plugins, type) || !plugins[type]?.master) continue
      const master = textAt(tree, 'master') ?? 'eth0'
      const nics = (facts?.nodes ?? []).flatMap(({name, interfaces}) =>
        interfaces.filter((nic) => nic.name === master).map((nic) => ({...nic, node: name})),
      )
      const small = nics.find((nic) => nic.mtu > 0 && nic.mtu < value)
      if (small)
        yield {
          at: entry.value,
          severity: 'error',
          message: `MTU ${value} is larger than that of ${master} on ${small.node}, ${small.mtu}`,
          fix: `Use at most ${small.mtu}`,
        }
      else if (!facts && value > usual)
        yield {
          at: entry.value,
          message: `MTU ${value} is larger than that of a NIC of kind, ${usual}: the pod would not start`,
          fix: `Leave "mtu" out, or use at most ${usual}`,
        }
    }
  },
}
