import type {TargetPod} from './facts.ts'
import {requestedNetworks} from './requested-networks.ts'

/** The pods that have, or ask for, a network (`namespace/name`) and have not ended. */
export function usersOf(network: string, pods: readonly TargetPod[]): readonly TargetPod[] {
  return pods.filter(
    (pod) =>
      pod.phase !== 'Succeeded' &&
      pod.phase !== 'Failed' &&
      (pod.status.some(({name}) => name === network) || requestedNetworks(pod).includes(network)),
  )
}
