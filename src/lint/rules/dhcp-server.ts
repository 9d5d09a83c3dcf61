import type {Rule} from '../rule.ts'
import {leafAt} from '../tree-access.ts'

export const dhcpServer: Rule = {
  code: 'KL-L308',
  title: 'dhcp cannot hand out addresses here',
  severity: 'warn',
  why: 'All ipvlan pods of a node share one MAC address, by which a DHCP server tells its clients apart (containernetworking/plugins v1.9.1). dhcp also needs its daemon on every node and a server on the wire, which an engine network has not (multus-cni #1031, #291).',
  fix: 'Use macvlan or bridge with dhcp, or another IPAM',
  *network({config}) {
    for (const {type, ipam} of config?.plugins ?? []) {
      if (type === 'ipvlan' && ipam?.type === 'dhcp')
        yield {
          at: leafAt(ipam.tree, 'type') ?? ipam.tree,
          message: 'the pods of an ipvlan share one MAC address, so a DHCP server gives them one address',
          fix: 'Use macvlan, or "type": "whereabouts"',
        }
    }
  },
}
