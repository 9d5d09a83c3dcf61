import {cidrText, overlaps, parseCidr} from '../../spec/cidr.ts'
import {plugins} from '../known/plugins.ts'
import type {Rule} from '../rule.ts'

export const machineSubnet: Rule = {
  code: 'KL-L309',
  title: 'The range overlaps a network of this machine',
  severity: 'warn',
  why: 'A pod on the network has a route for the range over its second interface, so that it no longer reaches what has those addresses elsewhere: containers of the engine, or what lies behind a VPN. A network on a NIC of the nodes may share the subnet of that NIC. Judged only with a cluster whose nodes are containers of this machine.',
  fix: 'Choose a subnet that nothing else uses',
  *scene({networks, facts}) {
    const taken = (facts?.machine ?? []).flatMap((one) => {
      const cidr = parseCidr(one.subnet)
      return cidr ? [{...one, cidr}] : []
    })
    if (taken.length === 0) return
    for (const network of networks) {
      for (const {type, ipam} of network.known ? [] : (network.config?.plugins ?? [])) {
        const isOnNic = Object.hasOwn(plugins, type) && plugins[type]?.spansNodes === true
        for (const {subnet, at} of ipam?.pools ?? []) {
          const other = taken.find(({cidr, hasNodes}) => !(hasNodes && isOnNic) && overlaps(cidr, subnet))
          if (other)
            yield {
              on: network,
              at,
              message: `${cidrText(subnet)} overlaps ${other.owner}, ${other.subnet}`,
              fix: 'Choose a subnet that nothing else uses, such as 10.20.0.0/24',
            }
        }
      }
    }
  },
}
