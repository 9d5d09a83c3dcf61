import type {TargetPod} from '../../plan/facts.ts'
import {type Address, plus} from '../../spec/address.ts'
import {cidrText, parseAddress, parseCidr} from '../../spec/cidr.ts'
import type {PoolLease} from '../whereabouts-leases.ts'

/** An address that a pod has. */
export interface HeldAddress {
  readonly address: Address
  readonly node: string
}

/** Who has what, looked up by network: pods and leases are read once, however many networks there are. */
export interface TakenAddresses {
  /** Pods that are attached to a network (`namespace/name`), each as `namespace/name`. */
  podsOn(network: string): readonly string[]
  /** What those pods have on it. */
  heldOn(network: string): readonly HeldAddress[]
  /** What whereabouts has handed out of a range, as `cidrText` writes it. */
  leasedFrom(range: string): readonly Address[]
}

/** What pods have by their network-status, and what whereabouts says it handed out. */
export function takenAddresses({
  pods,
  leases,
}: {
  readonly pods: readonly TargetPod[]
  readonly leases: readonly PoolLease[]
}): TakenAddresses {
  const attached = new Map<string, Set<string>>()
  const held = new Map<string, HeldAddress[]>()
  for (const {namespace, name: pod, node, status} of pods) {
    for (const {name, ips = []} of status) {
      entry(attached, name, () => new Set()).add(`${namespace}/${pod}`)
      entry(held, name, () => []).push(...ips.flatMap((ip) => toHeld(ip, node)))
    }
  }
  const leased = new Map<string, Address[]>()
  for (const {range, offset} of leases) {
    // whereabouts counts places from the range's own address on, and networks with one range share its pool.
    const cidr = parseCidr(range)
    if (cidr && Number.isInteger(offset)) entry(leased, cidrText(cidr), () => []).push(plus(cidr.base, offset))
  }
  return {
    podsOn: (network) => [...(attached.get(network) ?? [])],
    heldOn: (network) => held.get(network) ?? [],
    leasedFrom: (range) => leased.get(range) ?? [],
  }
}

function entry<T>(map: Map<string, T>, key: string, empty: () => T): T {
  const known = map.get(key) ?? empty()
  map.set(key, known)
  return known
}

function toHeld(ip: string, node: string): readonly HeldAddress[] {
  const address = parseAddress(ip.split('/')[0] ?? '')
  return address ? [{address, node}] : []
}
