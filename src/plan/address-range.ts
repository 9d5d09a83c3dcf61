import {type AddressSpan, plus, spanContains, spansOverlap, spanSize} from '../spec/address.ts'
import {addressText, type Cidr, cidrSpan, cidrText, hostSpan, nthSubnet, parseAddress, parseCidr} from '../spec/cidr.ts'
import type {AddressRange} from '../catalog/ipam/ipam-option.ts'

/**
 * A part of a subnet for one network: the first free quarter, or a smaller block where no quarter is free, so that several networks fit side by side.
 * Undefined when not even eight addresses are free.
 */
export function freeSpan(subnet: Cidr, blocked: readonly AddressSpan[]): AddressSpan | undefined {
  const longest = subnet.base.family === 4 ? 29 : 125
  for (let prefix = subnet.prefix + 2; prefix <= longest; prefix += 1) {
    for (let place = 0; place < 2 ** Math.min(prefix - subnet.prefix, 10); place += 1) {
      const block = clip(cidrSpan(nthSubnet(subnet, prefix, place)), hostSpan(subnet))
      if (!blocked.some((span) => spansOverlap(span, block))) return block
    }
  }
  return undefined
}

/** The first free /24 of 10.100.0.0/16 to 10.199.0.0/16, for networks that live inside the nodes. */
export function freeBridgeSubnet(taken: readonly Cidr[]): Cidr | undefined {
  const candidates = Array.from({length: 100}, (_, place) => parseCidr(`10.${100 + place}.0.0/24`))
  return candidates.find(
    (candidate) => candidate && !taken.some((cidr) => spansOverlap(cidrSpan(cidr), cidrSpan(candidate))),
  )
}

/** Without `address`, where it stands at one end; addresses in the middle stay, for a caller refuses them. */
export function without(span: AddressSpan, address: string): AddressSpan {
  const parsed = parseAddress(address)
  if (!parsed || !spanContains(span, parsed)) return span
  if (parsed.value === span.first.value) return {first: plus(span.first, 1), last: span.last}
  return parsed.value === span.last.value ? {first: span.first, last: plus(span.last, -1)} : span
}

export function toRange(subnet: Cidr, {first, last}: AddressSpan, gateway: string | undefined): AddressRange {
  return {
    subnet: cidrText(subnet),
    start: addressText(first),
    end: addressText(last),
    ...(gateway === undefined ? {} : {gateway}),
  }
}

export function rangeText({start, end}: AddressRange): string {
  return `${start}-${end}`
}

/** How many addresses: "64 addresses". */
export function sizeText(span: AddressSpan): string {
  const size = spanSize(span)
  return `${size} address${size === 1n ? '' : 'es'}`
}

function clip(span: AddressSpan, bounds: AddressSpan): AddressSpan {
  return {
    first: span.first.value < bounds.first.value ? bounds.first : span.first,
    last: span.last.value > bounds.last.value ? bounds.last : span.last,
  }
}
