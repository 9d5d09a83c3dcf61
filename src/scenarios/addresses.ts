import {addressText, type Cidr, cidrSize, nthAddress, parseCidr} from '../spec/cidr.ts'

/** The address at a place of a subnet, 1 being the first that an interface can have: `172.30.0.33`. Throws a RangeError outside. */
export function addressIn(subnet: string, place: number): string {
  return addressText(nthAddress(cidrOf(subnet), place))
}

/** The same with the subnet's prefix length: `172.30.0.33/28`. */
export function interfaceAddress(subnet: string, place: number): string {
  return `${addressIn(subnet, place)}/${cidrOf(subnet).prefix}`
}

/** All addresses of an IPv4 subnet that interfaces can have. */
export function hostAddresses(subnet: string): readonly string[] {
  return Array.from({length: Number(cidrSize(cidrOf(subnet))) - 2}, (_, index) => addressIn(subnet, index + 1))
}

/** The element at a place of what a site gives. A scenario that asks for more than it needs has a mistake: it throws an Error. */
export function given<T>(list: readonly T[], place: number): T {
  const found = list[place]
  if (found === undefined) throw new Error(`a scenario asks for number ${place + 1} of ${list.length}`)
  return found
}

export function cidrOf(subnet: string): Cidr {
  const cidr = parseCidr(subnet)
  if (!cidr) throw new Error(`${subnet} is not a subnet`)
  return cidr
}
