import {addressText} from '../../spec/cidr.ts'
import type {Found, Rule} from '../rule.ts'
import {namespaceOf, type Network, type Plugin, type Pool, type Scene} from '../scene.ts'
import {numberAt, textAt} from '../tree-access.ts'

/** One range that a network hands out. */
interface Claim {
  readonly network: Network
  readonly pool: Pool
  /** Who keeps the list of what is taken: claims of one ledger cannot clash. */
  readonly ledger: string
}

export const overlappingNetworks: Rule = {
  code: 'KL-L305',
  title: 'Two networks hand out the same addresses on one wire',
  severity: 'error',
  why: 'Each IPAM keeps its own list of what is taken, by network for host-local, by range for whereabouts: two pods get one address, and traffic goes to whichever answered last. Seen on a real cluster: arping showed two MAC addresses.',
  fix: 'Give each network a range of its own',
  *scene(scene) {
    for (const claims of wires(scene).values()) yield* clashes(claims)
  },
}

/** Claims by layer 2: the master of the nodes, or the name of the bridge. Networks whose wire cannot be told are left out. */
function wires({networks}: Scene): ReadonlyMap<string, Claim[]> {
  const found = new Map<string, Claim[]>()
  for (const network of networks) {
    const [main] = network.config?.plugins ?? []
    const wire = main && wireOf(main)
    if (!main?.ipam || wire === undefined) continue
    for (const pool of main.ipam.pools) {
      const key = `${wire} ${pool.subnet.base.family}`
      const claims = found.get(key) ?? []
      claims.push({network, pool, ledger: ledgerOf(network, main)})
      found.set(key, claims)
    }
  }
  return found
}

function wireOf({type, tree}: Plugin): string | undefined {
  if (type === 'macvlan' || type === 'ipvlan') return `nic ${textAt(tree, 'master') ?? 'of the default route'}`
  if (type === 'vlan') return `nic ${textAt(tree, 'master')} with tag ${numberAt(tree, 'vlanId')}`
  if (type !== 'bridge') return undefined
  return `bridge ${textAt(tree, 'bridge') ?? 'cni0'} with tag ${numberAt(tree, 'vlan') ?? 0}`
}

/** whereabouts sees all ranges of a cluster unless it is told not to; host-local one folder for each name. */
function ledgerOf({config, namespace, name}: Network, {ipam}: Plugin): string {
  if (ipam?.type === 'whereabouts') return 'whereabouts'
  if (ipam?.type === 'host-local') return `host-local ${textAt(ipam.tree, 'dataDir') ?? ''} ${config?.name}`
  return `${ipam?.type} ${namespace ?? ''}/${name}`
}

/** Sorted by their first address, a claim can only clash with those that have not ended before it. */
function* clashes(claims: readonly Claim[]): Iterable<Found & {readonly on: Network}> {
  const sorted = claims
    .filter(({pool: {span}}) => span.first.value <= span.last.value)
    .toSorted((a, b) => compare(a.pool.span.first.value, b.pool.span.first.value))
  // The furthest reaching claims seen so far, of two ledgers: enough to find one clash for each claim.
  let open: readonly Claim[] = []
  for (const claim of sorted) {
    const other = open.find(
      ({ledger, pool}) => ledger !== claim.ledger && pool.span.last.value >= claim.pool.span.first.value,
    )
    if (other) yield* tell(claim, other)
    open = furthest([...open, claim])
  }
}

function furthest(claims: readonly Claim[]): readonly Claim[] {
  const [first, ...rest] = claims.toSorted((a, b) => compare(b.pool.span.last.value, a.pool.span.last.value))
  if (!first) return []
  const second = rest.find(({ledger}) => ledger !== first.ledger)
  return second ? [first, second] : [first]
}

function* tell(one: Claim, other: Claim): Iterable<Found & {readonly on: Network}> {
  const [late, early] = one.network.known ? [other, one] : [one, other]
  // Two ranges of one network are host-local's own affair.
  if (late.network.known || late.network === early.network) return
  const from = addressText(one.pool.span.first)
  yield {
    on: late.network,
    at: late.pool.at,
    message: `${namespaceOf(early.network)}/${early.network.name} hands out the same addresses, from ${from} on, on the same wire`,
    fix: 'Give each network a range of its own, or use one network for both',
  }
}

function compare(a: bigint, b: bigint): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
