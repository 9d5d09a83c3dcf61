import type {NetworkConfig} from '../network-config.ts'
import {spansNodes} from '../spans-nodes.ts'
import type {RehearsedPod} from './cni-call.ts'

/** Begins the name of everything that a rehearsal makes. */
export const rehearsalPrefix = 'k8s-local-try'

export interface CastWish {
  /** Of the network; plugins hear the name where its configuration has none. */
  readonly name: string
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
  {name: network, namespace, nodes, runId, ip, mac}: CastWish,
  {types, ipam, mode}: NetworkConfig,
): Readonly<Record<string, readonly RehearsedPod[]>> {
  const alone = ipam === 'static' || mode === 'passthru' || singleDevice.includes(types[0] ?? '')
  const podsOf = (node: string, place: number) =>
    (alone || (ipam === 'whereabouts' && place > 0) ? ['a'] : ['a', 'b']).map((letter, index): RehearsedPod => {
      const name = `${troupePrefix({namespace, name: network})}-${runId}-${letter}${place + 1}`
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

/** Begins the names of all pods that were ever rehearsed for a network: what a killed run left behind is found by it. */
export function troupePrefix({namespace, name}: {readonly namespace: string; readonly name: string}): string {
  // What CNI allows in the id of a container (specification 1.1.0).
  return [rehearsalPrefix, namespace, name].join('-').replaceAll(/[^A-Za-z0-9_.-]/g, '-')
}

/** A pod of an earlier rehearsal by the name of its namespace, as far as DEL needs to know it. */
export function formerPod(
  netns: string,
  {namespace, node}: {readonly namespace: string; readonly node: string},
): RehearsedPod {
  return {name: netns, namespace, node, containerId: netns, netns, interface: 'net1'}
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
