import type {TargetPod} from './facts.ts'
import {readNetworksAnnotation} from './networks-annotation.ts'

/** The networks that a pod asks for, as `namespace/name`; a text that Multus could not read either asks for none. */
export function requestedNetworks({
  requested,
  namespace,
}: Pick<TargetPod, 'requested' | 'namespace'>): readonly string[] {
  return readNetworksAnnotation(requested).entries.map((entry) => `${entry.namespace ?? namespace}/${entry.network}`)
}
