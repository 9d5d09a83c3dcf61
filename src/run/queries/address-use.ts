import {parseNetworkConfig, type Pool} from '../../checks/network-config.ts'
import type {TargetFacts, TargetNetwork} from '../../plan/facts.ts'
import {type Address, spanContains, spanSize} from '../../spec/address.ts'
import {addressText, cidrText, hostSpan, parseAddress} from '../../spec/cidr.ts'
import type {TakenAddresses} from './taken-addresses.ts'

/** How many addresses of a network are taken, and how many are left. */
export interface AddressUse {
  readonly used: number
  /** Where each node hands out by itself (host-local): on the fullest node. */
  readonly free: number
}

/** Undefined where nobody keeps a range: static addresses, DHCP, none. A pod has its addresses by its network-status, and a lease is taken without one too. */
export function addressUse(
  network: TargetNetwork,
  nodes: TargetFacts['nodes'],
  taken: TakenAddresses,
): AddressUse | undefined {
  const held = taken.heldOn(`${network.namespace}/${network.name}`)
  const scopes = scopesOf(network, nodes)
  const [first] = scopes
  if (!first || first.pools.length === 0) return undefined
  if (first.ipam === 'whereabouts') {
    const leased = first.pools.flatMap(({subnet}) => taken.leasedFrom(cidrText(subnet)))
    return useOf(first.pools, [...held.map(({address}) => address), ...leased])
  }
  if (first.ipam !== 'host-local') return undefined
  const uses = scopes.map(({node, pools}) =>
    useOf(
      pools.map(withoutGateway),
      held.filter((one) => one.node === node).map(({address}) => address),
    ),
  )
  return {used: uses.reduce((sum, {used}) => sum + used, 0), free: Math.min(...uses.map(({free}) => free))}
}

interface Scope {
  readonly node: string
  readonly ipam: string | undefined
  readonly pools: readonly Pool[]
}

/** What each node hands out. A configuration in the object is the same on all, and is read once. */
function scopesOf({config, nodeConfigs}: TargetNetwork, nodes: TargetFacts['nodes']): readonly Scope[] {
  const shared = config === '' ? undefined : parseNetworkConfig(config)
  return nodes.flatMap(({name}) => {
    const read = shared ?? parseNetworkConfig(nodeConfigs[name] ?? '')
    return 'fault' in read ? [] : [{node: name, ipam: read.ipam, pools: read.pools}]
  })
}

interface CountedPool {
  readonly pool: Pool
  /** Addresses of the span that are never handed out. */
  readonly kept: number
}

function useOf(pools: readonly (Pool | CountedPool)[], taken: readonly Address[]): AddressUse {
  const counted = pools.map((pool) => ('pool' in pool ? pool : {pool, kept: 0}))
  const total = counted.reduce((sum, {pool, kept}) => sum + Number(spanSize(pool.span)) - kept, 0)
  const inside = taken.filter((address) => counted.some(({pool}) => spanContains(pool.span, address)))
  const used = new Set(inside.map(addressText)).size
  return {used, free: Math.max(0, total - used)}
}

/** host-local keeps the gateway for itself, the first address of the subnet where none is named (plugins v1.9.1, host-local/backend/allocator). */
function withoutGateway(pool: Pool): CountedPool {
  const gateway = parseAddress(pool.gateway ?? '') ?? hostSpan(pool.subnet).first
  return {pool, kept: spanContains(pool.span, gateway) ? 1 : 0}
}
