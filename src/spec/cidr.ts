import ipaddr from 'ipaddr.js'
import {type Address, type AddressSpan, plus, spanContains, spansOverlap} from './address.ts'

/** A subnet: its first address (host bits are zero) and the length of its prefix. */
export interface Cidr {
  readonly base: Address
  readonly prefix: number
}

/**
 * The subnet that a text names, host bits cleared (`10.1.2.3/24` is `10.1.2.0/24`); undefined when it is not a CIDR. IPv4 only as four
 * decimal numbers: `10.1/16` and `010.0.0.0/8` mean different things to different programs.
 */
export function parseCidr(text: string): Cidr | undefined {
  const [address = '', prefixText = '', ...rest] = text.split('/')
  const base = parseAddress(address)
  if (base === undefined || rest.length > 0 || !/^(0|[1-9]\d{0,2})$/.test(prefixText)) return undefined
  const prefix = Number(prefixText)
  const hostBits = bitsOf(base) - prefix
  if (hostBits < 0) return undefined
  return {base: {family: base.family, value: (base.value >> BigInt(hostBits)) << BigInt(hostBits)}, prefix}
}

/** The address that a text names; undefined when it is none. */
export function parseAddress(text: string): Address | undefined {
  // IPv4 is read here: net lint reads tens of thousands, and the library builds several objects for each.
  const [, ...octets] = fourDecimals.exec(text) ?? []
  if (octets.length === 4) {
    const bytes = octets.map(Number)
    return bytes.every((byte) => byte <= 255)
      ? {family: 4, value: BigInt(bytes.reduce((sum, byte) => sum * 256 + byte, 0))}
      : undefined
  }
  if (!text.includes(':') || text.includes('%') || !ipaddr.IPv6.isValid(text)) return undefined
  return {family: 6, value: toNumber(ipaddr.IPv6.parse(text).toByteArray())}
}

/** Canonical text: dotted decimal, or IPv6 as RFC 5952 asks. */
export function addressText({family, value}: Address): string {
  const bytes = toBytes(value, family === 4 ? 4 : 16)
  return family === 4 ? new ipaddr.IPv4(bytes).toString() : new ipaddr.IPv6(bytes).toRFC5952String()
}

/** Canonical text: `172.30.0.0/24`. */
export function cidrText({base, prefix}: Cidr): string {
  return `${addressText(base)}/${prefix}`
}

/** All addresses of a subnet, the network's and the broadcast address included. */
export function cidrSpan(cidr: Cidr): AddressSpan {
  return {first: cidr.base, last: plus(cidr.base, cidrSize(cidr) - 1n)}
}

/** The addresses that interfaces can have: in IPv4 without the network's own and the broadcast address, in IPv6 without the first. */
export function hostSpan(cidr: Cidr): AddressSpan {
  const {first, last} = cidrSpan(cidr)
  if (bitsOf(cidr.base) - cidr.prefix < 2) return {first, last}
  return {first: plus(first, 1), last: cidr.base.family === 4 ? plus(last, -1) : last}
}

export function cidrSize({base, prefix}: Cidr): bigint {
  return 1n << BigInt(bitsOf(base) - prefix)
}

/** The address at a place of the subnet, 0 being its first. Throws a RangeError outside. */
export function nthAddress(cidr: Cidr, place: bigint | number): Address {
  const at = BigInt(place)
  if (at < 0n || at >= cidrSize(cidr)) throw new RangeError(`${cidrText(cidr)} has no address number ${at}`)
  return plus(cidr.base, at)
}

/** The subnet at a place among those of a prefix inside the subnet: number 5 of the /24s of 172.30.0.0/16 is 172.30.5.0/24. Throws a RangeError outside. */
export function nthSubnet(cidr: Cidr, prefix: number, place: number): Cidr {
  const step = 1n << BigInt(bitsOf(cidr.base) - prefix)
  if (prefix < cidr.prefix) throw new RangeError(`${cidrText(cidr)} is smaller than a /${prefix}`)
  return {base: nthAddress(cidr, step * BigInt(place)), prefix}
}

export function overlaps(a: Cidr, b: Cidr): boolean {
  return spansOverlap(cidrSpan(a), cidrSpan(b))
}

/** Whether the whole of `inner`, an address or a subnet, lies in `outer`. */
export function contains(outer: Cidr, inner: Cidr | Address): boolean {
  const span = cidrSpan(outer)
  if (!('base' in inner)) return spanContains(span, inner)
  const {first, last} = cidrSpan(inner)
  return spanContains(span, first) && spanContains(span, last)
}

const fourDecimals = /^(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})$/

function bitsOf({family}: Address): number {
  return family === 4 ? 32 : 128
}

function toNumber(bytes: readonly number[]): bigint {
  return bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
}

function toBytes(value: bigint, count: number): number[] {
  return Array.from({length: count}, (_, index) => Number((value >> BigInt(8 * (count - 1 - index))) & 0xffn))
}
