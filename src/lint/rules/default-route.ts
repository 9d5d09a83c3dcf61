import {parseCidr} from '../../spec/cidr.ts'
import type {Rule} from '../rule.ts'
import {namespaceOf} from '../scene.ts'
import {isTrue, entryOf, leafAt, listAt} from '../tree-access.ts'

export const defaultRoute: Rule = {
  code: 'KL-L307',
  title: 'The network takes the default route of its pods',
  severity: 'warn',
  why: 'The plugin adds the route before that of eth0, so that all traffic out of the pod leaves by the second interface; without a real gateway there, DNS, services and the world are gone (containernetworking/plugins pkg/ipam; multus-cni #847, #584, #840, #1327). isDefaultGateway of bridge does the same.',
  fix: 'Name only the destinations that lie behind this network',
  *network(network, {defaultNetworks}) {
    // The network of eth0 has to give a default route.
    if (defaultNetworks.has(`${namespaceOf(network)}/${network.name}`)) return
    for (const {tree, type, ipam} of network.config?.plugins ?? []) {
      for (const route of listAt(ipam?.tree, 'routes')?.items ?? []) {
        const destination = leafAt(route, 'dst')
        if (destination && parseCidr(destination.value)?.prefix === 0)
          yield {
            at: destination,
            message: `the route ${destination.value} takes all traffic out of the pod away from eth0`,
            fix: 'Name the subnets that lie behind this network; 0.0.0.0/1 and 128.0.0.0/1 where all of it is really meant',
          }
      }
      const gateway = type === 'bridge' ? entryOf(tree, 'isDefaultGateway') : undefined
      if (gateway && isTrue(gateway.value))
        yield {
          at: gateway.at,
          message: '"isDefaultGateway" takes all traffic out of the pod away from eth0',
          fix: 'Use "isGateway": true, which adds no default route',
        }
    }
  },
}
