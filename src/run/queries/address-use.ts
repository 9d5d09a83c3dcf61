import type {Pool} from '../../checks/network-config.ts'
import type {TargetFacts, TargetNetwork} from '../../plan/facts.ts'
import {type Address, spanContains, spanSize} from '../../spec/address.ts'
import {addressText, cidrText, hostSpan, parseAddress} from '../../spec/cidr.ts'
import type {ReadConfigs} from './read-configs.ts'
import type {TakenAddresses} from './taken-addresses.ts'

/** How many addresses of a network are taken, and how many are left. */
export interface AddressUse {
  readonly used: number
  /** Where each node hands out by itself (host-local): on the fullest node. */
  readonly free: number
}

/** Undefined where nobody keeps a range: static addresses, DHCP, none. A pod has its addresses by its network-status, and a lease is taken without one too. */
export function addressUse(
  {namespace, name}: Pick<TargetNetwork, 'namespace' | 'name'>,
  configs: ReadConfigs,
  {nodes, taken}: {readonly nodes: TargetFacts['nodes']; readonly taken: TakenAddresses},
): AddressUse | undefined {
  const held = taken.heldOn(`${namespace}/${name}`)
  const scopes = nodes.flatMap((node) => {
    const config = configs.on(node.name)
    return 'fault' in config ? [] : [{node: node.name, ipam: config.ipam, pools: config.pools}]
  })
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
