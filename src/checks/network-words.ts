import {ipams} from '../catalog/ipam/index.ts'
import {networkTypes} from '../catalog/network/index.ts'
import type {NetworkConfig} from './network-config.ts'
import {spansNodes} from './spans-nodes.ts'

/** Plain sentences about a network, each with what it answers. */
export interface NetworkWords {
  /** What its type is. */
  readonly type: string
  /** Which pods reach which. */
  readonly pods: string
  /** Whether the node and its pods reach each other, and why not. */
  readonly node: string
  /** Who hands out addresses, and whether one can come twice. */
  readonly addresses: string
}

/**
 * What a configuration means for somebody who attaches pods; `perNode`: each node has a configuration of its own, with a slice of the range;
 * `server`: the name of the DHCP servers of ours on it.
 */
export function wordsFor(
  config: NetworkConfig,
  {perNode, server}: {readonly perNode: boolean; readonly server?: string},
): NetworkWords {
  const type = config.types[0] ?? ''
  return {
    type: `${type}: ${summaryOf(networkTypes, type) ?? 'not a type that k8s-local knows'}`,
    ...reachOf(type, config.mode),
    addresses: server === undefined ? whoHandsOut(type, config, perNode) : servedBy(server),
  }
}

/** Who reaches whom on a network of this type. */
export function reachOf(type: string, mode?: string): Pick<NetworkWords, 'pods' | 'node'> {
  return {
    pods: whoReaches(type, mode),
    node: nodeReach[type] ?? 'what reaches the node depends on the plugin',
  }
}

/** The catalog's own sentence about a type or an IPAM; undefined for one that it does not hold. */
export function summaryOf(
  table: Readonly<Record<string, {readonly summary: string}>>,
  name: string,
): string | undefined {
  return Object.hasOwn(table, name) ? table[name]?.summary : undefined
}

function whoReaches(type: string, mode: string | undefined): string {
  if (!spansNodes(type)) return 'pods on one node reach each other; pods on two nodes never do'
  if (mode === 'private') return 'pods on different nodes reach each other; in mode private pods on one node never do'
  if (mode === 'vepa')
    return 'pods on different nodes reach each other; in mode vepa those on one node only through a switch that sends frames back'
  if (mode === 'passthru') return 'one pod for each node; they reach each other'
  return 'all pods reach each other, on one node and on different ones'
}

/** macvlan and ipvlan: Linux hands no frame from a master to its own children (multus facts, §7 row 4; seen on clusters). */
const nodeReach: Readonly<Record<string, string>> = {
  macvlan:
    'a node and its own pods never reach each other over it: Linux passes nothing between a macvlan master and its children. Other nodes are reached; for its own use the primary network',
  ipvlan:
    'a node and its own pods never reach each other over it: Linux passes nothing between an ipvlan master and its children. Other nodes are reached; for its own use the primary network',
  bridge:
    'with "isGateway" the node has an address on the bridge, and node and pods reach each other; without it they do not',
  ptp: 'a node reaches its own pods, and they reach it, through the other end of the pair',
  vlan: 'a node reaches its own pods only where it has an interface of the same VLAN',
  'host-device': 'the node has no longer the device that a pod holds',
  tap: 'nothing passes until a program in the pod opens the tap device',
  dummy: 'nothing passes: the interface leads nowhere',
}

function servedBy(server: string): string {
  return `dhcp: the DHCP servers ${server}, one on each node, hand out a part of the range each, and keep its first address`
}

function whoHandsOut(type: string, {ipam}: NetworkConfig, perNode: boolean): string {
  if (ipam === undefined) return 'nobody hands out addresses: pods get an interface of layer 2 alone'
  const summary = `${ipam}: ${summaryOf(ipams, ipam) ?? 'not an IPAM that k8s-local knows'}`
  if (ipam !== 'host-local' || !spansNodes(type) || perNode) return summary
  return `${summary}. Here all nodes hand out the same range without knowing of each other: on two nodes an address comes twice`
}
