import {parseNetworkConfig} from '../checks/network-config.ts'
import type {SceneNetwork} from '../checks/check.ts'
import {type Cidr, overlaps} from '../spec/cidr.ts'

/**
 * The networks in sets of which no two share addresses, in their order; one empty set where there is no network. A pod with two interfaces in one subnet proves
 * nothing: its kernel answers ARP for either address on either interface and sends by the first route, so that pings bound to the other one get
 * lost at random (Linux ip-sysctl, arp_ignore; seen on a cluster with two macvlan networks on one extra network).
 */
export function networkSets(networks: readonly SceneNetwork[]): readonly (readonly SceneNetwork[])[] {
  const sets: SceneNetwork[][] = [[]]
  for (const network of networks) {
    const set = sets.find((one) => !one.some((other) => shareAddresses(other, network)))
    if (set) set.push(network)
    else sets.push([network])
  }
  return sets
}

function shareAddresses(one: SceneNetwork, other: SceneNetwork): boolean {
  const subnets = subnetsOf(one)
  return subnetsOf(other).some((subnet) => subnets.some((own) => overlaps(own, subnet)))
}

function subnetsOf({config, nodeConfigs}: SceneNetwork): readonly Cidr[] {
  const texts = config === '' ? Object.values(nodeConfigs ?? {}) : [config]
  return texts.flatMap((text) => {
    const parsed = parseNetworkConfig(text)
    return 'fault' in parsed ? [] : parsed.pools.map(({subnet}) => subnet)
  })
}
