import type {Pool} from '../../checks/network-config.ts'
import {dhcpPool} from '../../plan/dhcp-service.ts'
import type {TargetFacts, TargetNetwork} from '../../plan/facts.ts'
import {addressText, cidrText} from '../../spec/cidr.ts'
import type {PoolLease} from '../whereabouts-leases.ts'
import {type AddressUse, addressUse} from './address-use.ts'
import {type ReadConfigs, readConfigs} from './read-configs.ts'
import {takenAddresses} from './taken-addresses.ts'

/** One line of `net list`. */
export interface ListedNetwork {
  readonly namespace: string
  readonly name: string
  /** Plugin types, the main one first; empty where the configuration cannot be read. */
  readonly types: readonly string[]
  readonly master?: string
  readonly bridge?: string
  readonly ipam?: string
  readonly mtu?: number
  /** What its IPAM hands out: `172.30.0.0/24: 172.30.0.32 - 172.30.0.254`; a network with one configuration per node has one of each. */
  readonly ranges: readonly string[]
  /** Addresses that are taken and those that are left; absent where nobody keeps a range. */
  readonly addresses?: AddressUse
  /** Pods that are attached, `namespace/name`. */
  readonly pods: readonly string[]
  /** Why the configuration cannot be read. */
  readonly fault?: string
}

/** The networks of a cluster with what they hand out and who uses them; without `leases` of whereabouts, what only they know is not counted. */
export function listNetworks(
  {networks, nodes, pods}: Pick<TargetFacts, 'networks' | 'nodes' | 'pods'>,
  leases: readonly PoolLease[] = [],
): readonly ListedNetwork[] {
  const taken = takenAddresses({pods, leases})
  return networks.map((network) => {
    const configs = readConfigs(network)
    const use = addressUse(network, configs, {nodes, taken})
    return {
      namespace: network.namespace,
      name: network.name,
      ...describeConfigs(network, configs),
      ...(use && {addresses: use}),
      pods: taken.podsOn(`${network.namespace}/${network.name}`),
    }
  })
}

function describeConfigs(
  network: TargetNetwork,
  {all: parsed}: ReadConfigs,
): Omit<ListedNetwork, 'namespace' | 'name' | 'pods' | 'addresses'> {
  if (parsed.length === 0)
    return {types: [], ranges: [], fault: 'no configuration: neither in the object nor on a node'}
  const [first] = parsed
  if (!first || 'fault' in first) return {types: [], ranges: [], fault: first?.fault ?? 'it is empty'}
  const served = dhcpPool(network)
  const pools = [...parsed.flatMap((one) => ('fault' in one ? [] : one.pools)), ...(served ? [served] : [])]
  const {types, master, bridge, ipam, mtu} = first
  return {
    types,
    ...(master !== undefined && {master}),
    ...(bridge !== undefined && {bridge}),
    ...(ipam !== undefined && {ipam}),
    ...(mtu !== undefined && {mtu}),
    ranges: [...new Set(pools.map(rangeText))],
  }
}

function rangeText({subnet, span}: Pool): string {
  return `${cidrText(subnet)}: ${addressText(span.first)} - ${addressText(span.last)}`
}
