import type {NetworkConfig} from '../network-config.ts'
import {spansNodes} from '../spans-nodes.ts'
import type {RehearsedPod} from './cni-call.ts'

export interface CastWish {
  /** `namespace/name`, or the name alone. */
  readonly network: string
  readonly namespace: string
  readonly nodes: readonly string[]
  /** Short random text that every name of the rehearsal carries. */
  readonly runId: string
  readonly ip?: string
  readonly mac?: string
}

/**
 * Who plays on each node: two pods, or one where the device, or the address, can be had only once. whereabouts hands out one address after another over
 * all nodes, a second or so each: there the second pod is on the first node only. What the user asks for is asked by the first pod; where addresses are
 * static by every one, for there is no other.
 */
export function castOf(
  {namespace, nodes, runId, ip, mac}: CastWish,
  {types, ipam, mode}: NetworkConfig,
): Readonly<Record<string, readonly RehearsedPod[]>> {
  const alone = ipam === 'static' || mode === 'passthru' || singleDevice.includes(types[0] ?? '')
  const podsOf = (node: string, place: number) =>
    (alone || (ipam === 'whereabouts' && place > 0) ? ['a'] : ['a', 'b']).map((letter, index): RehearsedPod => {
      const name = `k8s-local-try-${runId}-${letter}${place + 1}`
      const asks = (place === 0 && index === 0) || ipam === 'static'
      return {
        name,
        namespace,
        node,
        containerId: name,
        netns: name,
        interface: 'net1',
        ...(asks && ip !== undefined && {ip}),
        ...(asks && mac !== undefined && {mac}),
      }
    })
  return Object.fromEntries(nodes.map((node, place) => [node, podsOf(node, place)]))
}

/** Pods that should reach each other, each pair once: the two of one node, and the first ones of neighbouring nodes where the network spans nodes. */
export function pairsOf(
  pods: readonly RehearsedPod[],
  {types, ipam, mode}: NetworkConfig,
): readonly (readonly [RehearsedPod, RehearsedPod])[] {
  // Static addresses are the same on every node: there are no two pods to ask.
  if (ipam === undefined || ipam === 'static' || silent.includes(types[0] ?? '')) return []
  const meet = !['private', 'vepa', 'passthru'].includes(mode ?? '')
  const mates = pods.flatMap((pod, index) => {
    const next = pods[index + 1]
    return meet && next?.node === pod.node ? [[pod, next] as const] : []
  })
  const leaders = pods.filter((pod, index) => pods.findIndex(({node}) => node === pod.node) === index)
  const neighbours = leaders.slice(1).map((pod, index) => [leaders[index] ?? pod, pod] as const)
  return [...mates, ...(spansNodes(types[0]) ? neighbours : [])]
}

/** Plugins whose interface leads to a program or nowhere. */
const silent = ['tap', 'dummy']

/** Plugins that take a device of the node away into the pod. */
const singleDevice = ['host-device', 'sriov']
