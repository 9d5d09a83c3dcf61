import {plugins} from '../known/plugins.ts'
import type {Rule} from '../rule.ts'
import {nodesOf} from '../scene.ts'
import {entryOf, numberAt, textAt} from '../tree-access.ts'

/** Of an engine's networks, and so of the nodes' NICs, unless somebody asked for another. */
const usual = 1500

/** Names that VXLAN and Geneve links are usually given. */
const tunnel = /^(?:vxlan|vx|vtep|flannel\.|geneve|genev_|cilium_vxlan|cilium_geneve)/

/** VXLAN over IPv4 takes 50 bytes of every packet (RFC 7348 §5); a VLAN tag takes none of the MTU in Linux, which counts it apart. */
function carrierOf(master: string): {readonly what: string; readonly most: number} {
  return tunnel.test(master)
    ? {what: 'tunnel between nodes of kind', most: usual - 50}
    : {what: 'NIC of kind', most: usual}
}

export const mtu: Rule = {
  code: 'KL-L403',
  title: 'The MTU is larger than its NIC can carry',
  severity: 'warn',
  why: 'macvlan, ipvlan and vlan refuse an MTU above that of their master: invalid MTU 9000, must be [0, master MTU(1500)] (tried); tuning behind them cannot raise it either. On a VXLAN 50 bytes less are left; a VLAN tag is not counted. NICs of kind nodes have 1500 unless their engine network was made with another. With a cluster its nodes are asked, and it is an error. Linux takes no MTU below 68.',
  fix: 'Leave "mtu" out, or use at most that of the master',
  *network(network, {facts}) {
    const chain = network.config?.plugins ?? []
    for (const {tree, type} of chain) {
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
      // tuning changes what the first plugin made.
      const main = type === 'tuning' ? chain[0] : {tree, type}
      if (!main || !Object.hasOwn(plugins, main.type) || !plugins[main.type]?.master) continue
      const master = textAt(main.tree, 'master') || 'eth0'
      const {what, most} = carrierOf(master)
      const nics = nodesOf(network, facts).flatMap(({name, interfaces}) =>
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
      else if (!facts && value > most)
        yield {
          at: entry.value,
          message: `MTU ${value} is larger than that of a ${what}, ${most}: the pod would not start`,
          fix: `Leave "mtu" out, or use at most ${most}`,
        }
    }
  },
}
