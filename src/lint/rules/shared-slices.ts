import {addressText} from '../../spec/cidr.ts'
import {ipams} from '../known/ipams.ts'
import {plugins} from '../known/plugins.ts'
import type {Found, Rule} from '../rule.ts'
import {namespaceOf, type Network, type Pool} from '../scene.ts'

interface Slice {
  readonly network: Network
  readonly pool: Pool
}

export const sharedSlices: Rule = {
  code: 'KL-L310',
  title: 'Two nodes hand out the same addresses of one network',
  severity: 'error',
  why: "host-local keeps its leases on each node for itself. Where each node's own file in /etc/cni/multus/net.d says what that node hands out, the ranges must not overlap, or pods on two nodes get one address. Judged only with a cluster.",
  fix: 'Make the network anew with k8s-local net add, which gives every node its own slice',
  *scene({networks}) {
    const slices = new Map<string, Slice[]>()
    for (const network of networks) {
      const [main] = network.config?.plugins ?? []
      if (network.source.node === undefined || !main?.ipam || !isShared(main.type, main.ipam.type)) continue
      const place = `${namespaceOf(network)}/${network.name}`
      const own = main.ipam.pools.map((pool) => ({network, pool}))
      slices.set(place, [...(slices.get(place) ?? []), ...own])
    }
    for (const ofOne of slices.values()) yield* overlapping(ofOne)
  },
}

function isShared(type: string, ipam: string): boolean {
  const known = Object.hasOwn(plugins, type) ? plugins[type] : undefined
  return known?.spansNodes === true && Object.hasOwn(ipams, ipam) && ipams[ipam]?.perNode === true
}

/** Sorted by their first address, a slice is compared with the one that reaches furthest of those before it. */
function* overlapping(slices: readonly Slice[]): Iterable<Found & {readonly on: Network}> {
  const sorted = slices.toSorted(
    ({pool: {span: a}}, {pool: {span: b}}) =>
      a.first.family - b.first.family || Number(a.first.value > b.first.value) - Number(a.first.value < b.first.value),
  )
  let furthest: Slice | undefined
  for (const slice of sorted) {
    const {first, last} = slice.pool.span
    const end = furthest?.pool.span.last
    const reaches = end !== undefined && end.family === first.family
    if (furthest && reaches && end.value >= first.value && furthest.network !== slice.network)
      yield {
        on: slice.network,
        at: slice.pool.at,
        message: `${addressText(first)} and further are handed out on ${furthest.network.source.node} and on ${slice.network.source.node}`,
        fix: `k8s-local net add ${slice.network.config?.plugins[0]?.type} ${slice.network.name} gives every node its own slice`,
      }
    if (!reaches || last.value > end.value) furthest = slice
  }
}
