import {type Address, type AddressSpan, plus, spanContains, spanSize, spansOverlap} from '../spec/address.ts'
import {cidrSpan, parseAddress, parseCidr} from '../spec/cidr.ts'
import type {Ipam, Pool} from './scene.ts'
import {listAt} from './tree-access.ts'

/**
 * How many pods an IPAM can give an address: of the family that runs out first, without what is excluded; for host-local on each node.
 * Undefined where it hands out no range.
 */
export function capacityOf({type, tree, pools}: Ipam): bigint | undefined {
  if ((type !== 'whereabouts' && type !== 'host-local') || pools.length === 0) return undefined
  const excluded = type === 'whereabouts' ? excludedBy(tree) : []
  const sizes = [4, 6].flatMap((family) => {
    const own = pools.filter(({span}) => span.first.family === family)
    const size = own.reduce((sum, pool) => sum + sizeOf(pool, type === 'host-local' ? gatewaySpan(pool) : excluded), 0n)
    return own.length === 0 ? [] : [size]
  })
  return sizes.reduce((least, size) => (size < least ? size : least))
}

/** The address that host-local keeps back: the first of the subnet where no gateway is named (plugins v1.9.1, host-local allocator). */
export function gatewayOf({gateway, subnet}: Pool): Address | undefined {
  return gateway ? parseAddress(gateway.value) : plus(subnet.base, 1)
}

function gatewaySpan(pool: Pool): readonly AddressSpan[] {
  const gateway = gatewayOf(pool)
  return gateway && spanContains(pool.span, gateway) ? [{first: gateway, last: gateway}] : []
}

/** Of all ranges: an exclusion of another range lies outside this one. */
function excludedBy(ipam: Ipam['tree']): readonly AddressSpan[] {
  return [ipam, ...(listAt(ipam, 'ipRanges')?.items ?? [])].flatMap((range) =>
    (listAt(range, 'exclude')?.items ?? []).flatMap((one) => {
      if (one.kind !== 'text') return []
      const cidr = parseCidr(one.value)
      const address = parseAddress(one.value)
      if (cidr) return [cidrSpan(cidr)]
      return address ? [{first: address, last: address}] : []
    }),
  )
}

/** Exclusions may overlap each other: sorted, each takes away only what lies behind those before it. */
function sizeOf({span}: Pool, excluded: readonly AddressSpan[]): bigint {
  let size = spanSize(span)
  let next = span.first.value
  const inside = excluded
    .filter((one) => spansOverlap(one, span))
    .toSorted((a, b) => Number(a.first.value > b.first.value) - Number(a.first.value < b.first.value))
  for (const {first, last} of inside) {
    const from = first.value > next ? first.value : next
    const to = last.value < span.last.value ? last.value : span.last.value
    if (to < from) continue
    size -= to - from + 1n
    next = to + 1n
  }
  return size
}
