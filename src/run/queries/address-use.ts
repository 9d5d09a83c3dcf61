import {parseNetworkConfig, type Pool} from '../../checks/network-config.ts'
import type {TargetFacts, TargetNetwork} from '../../plan/facts.ts'
import {type Address, plus, spanContains, spanSize} from '../../spec/address.ts'
import {addressText, cidrText, hostSpan, parseAddress, parseCidr} from '../../spec/cidr.ts'
import type {PoolLease} from '../whereabouts-leases.ts'

/** How many addresses of a network are taken, and how many are left. */
export interface AddressUse {
  readonly used: number
  /** Where each node hands out by itself (host-local): on the fullest node. */
  readonly free: number
}

/** Undefined where nobody keeps a range: static addresses, DHCP, none. A pod has its addresses by its network-status, and a lease is taken without one too. */
export function addressUse(
  network: TargetNetwork,
  {nodes, pods, leases}: Pick<TargetFacts, 'nodes' | 'pods'> & {readonly leases: readonly PoolLease[]},
): AddressUse | undefined {
  const held = pods.flatMap(({node, status}) =>
    status
      .filter(({name}) => name === `${network.namespace}/${network.name}`)
      .flatMap(({ips = []}) => ips.flatMap((ip) => toHeld(ip, node))),
  )
  const scopes = nodes.flatMap(({name}) => {
    const config = parseNetworkConfig(network.config || (network.nodeConfigs[name] ?? ''))
    return 'fault' in config ? [] : [{node: name, ipam: config.ipam, pools: config.pools}]
  })
  const [first] = scopes
  if (!first || first.pools.length === 0) return undefined
  if (first.ipam === 'whereabouts') {
    const leased = leases.flatMap((lease) => addressOf(lease, first.pools))
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

/** whereabouts counts places from the range's own address on, and networks with one range share its pool. */
function addressOf({range, offset}: PoolLease, pools: readonly Pool[]): readonly Address[] {
  const cidr = parseCidr(range)
  if (!cidr || !Number.isInteger(offset) || !pools.some(({subnet}) => cidrText(subnet) === cidrText(cidr))) return []
  return [plus(cidr.base, offset)]
}

function toHeld(ip: string, node: string): readonly {readonly address: Address; readonly node: string}[] {
  const address = parseAddress(ip.split('/')[0] ?? '')
  return address ? [{address, node}] : []
}
