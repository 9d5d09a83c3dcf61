import type {AddressRoute} from '../catalog/ipam/ipam-option.ts'
import {addressText, cidrText, parseAddress, parseCidr} from './cidr.ts'
import {type Parsed, shown} from './field-kinds.ts'

/** An IPv4 or IPv6 subnet in canonical text. Host bits are a fault, as the subnet meant might be another. */
export function readAnySubnet(raw: unknown): Parsed<string> {
  const cidr = typeof raw === 'string' ? parseCidr(raw) : undefined
  if (cidr === undefined) return {fault: `${shown(raw)} is not a subnet such as 172.30.5.0/24 or fd00:5::/64`}
  const {family, value} = parseAddress(String(raw).split('/')[0] ?? '') ?? cidr.base
  const canonical = cidrText(cidr)
  return family === cidr.base.family && value === cidr.base.value
    ? {value: canonical}
    : {fault: `${shown(raw)} has bits set behind its prefix (did you mean ${canonical}?)`}
}

/** An address with the length of its subnet's prefix, as an interface has it. */
export function readInterfaceAddress(raw: unknown): Parsed<string> {
  const [text = '', prefix = '', ...rest] = typeof raw === 'string' ? raw.split('/') : []
  const address = parseAddress(text)
  if (address === undefined || rest.length > 0 || parseCidr(`${text}/${prefix}`) === undefined)
    return {fault: `${shown(raw)} is not an address with its prefix such as 172.30.5.40/24`}
  return {value: `${addressText(address)}/${prefix}`}
}

/** A route from `CIDR` or `CIDR=GATEWAY`, or `{to, gateway}` as a file has it. */
export function readRoute(raw: unknown): Parsed<AddressRoute> {
  if (typeof raw === 'object' && raw !== null && 'to' in raw) {
    const {to, gateway} = raw as {readonly to: unknown; readonly gateway?: unknown}
    return readRoute([to, gateway].filter((part) => typeof part === 'string').join('='))
  }
  const [destination = '', gatewayText, ...rest] = typeof raw === 'string' ? raw.split('=') : []
  const to = readAnySubnet(destination)
  const gateway = gatewayText === undefined ? undefined : parseAddress(gatewayText)
  if ('fault' in to || rest.length > 0 || (gatewayText !== undefined && gateway === undefined))
    return {fault: `${shown(raw)} is not a route such as 10.9.0.0/16 or 10.9.0.0/16=172.30.5.1`}
  if (gateway !== undefined && gateway.family !== parseCidr(to.value)?.base.family)
    return {fault: `${shown(raw)} has a gateway of the other IP version`}
  return {value: {to: to.value, ...(gateway !== undefined && {gateway: addressText(gateway)})}}
}
