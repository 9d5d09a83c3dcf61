import type {NetworkSpec} from '../spec/network-spec.ts'
import {siteOfCluster} from './network-site.ts'
import type {ResolvedCluster} from './resolved-cluster.ts'
import {resolveNetwork} from './resolve-network.ts'
import type {ResolvedNetwork} from './resolved-network.ts'

/** A macvlan network of the same name on every extra network, so that a new cluster can be tried at once. */
export function resolveTestNetworks(cluster: ResolvedCluster): readonly ResolvedNetwork[] {
  if (!cluster.testNetworks || cluster.multus === 'none') return []
  const site = siteOfCluster(cluster)
  return cluster.networks.map(({network}) => {
    const spec: NetworkSpec = {type: 'macvlan', name: network, namespace: 'default', master: network}
    return resolveNetwork(spec, site)
  })
}
