import {addressText, parseAddress} from './cidr.ts'
import {type Parsed, shown} from './field-kinds.ts'
import type {AttachmentSpec} from './pod-spec.ts'
import {readInterfaceName, readObjectName} from './texts.ts'

/** An attachment from `[NAMESPACE/]NAME[@INTERFACE]`. */
export function readNetworkReference(raw: unknown): Parsed<AttachmentSpec> {
  const match = typeof raw === 'string' ? /^(?:([^/@]+)\/)?([^/@]+)(?:@([^/@]+))?$/.exec(raw) : null
  if (!match) return {fault: `${shown(raw)} is not a network such as data, team/data or data@data1`}
  const [, namespace, network, name] = match
  const parts = [
    ...(namespace === undefined ? [] : [readObjectName('a namespace')(namespace)]),
    readObjectName('a network')(network),
    ...(name === undefined ? [] : [readOwnInterface(name)]),
  ]
  const faults = parts.flatMap((part) => ('fault' in part ? [part.fault] : []))
  if (faults.length > 0) return {fault: faults.join('; ')}
  return {
    value: {
      network: network ?? '',
      ...(namespace !== undefined && {namespace}),
      ...(name !== undefined && {interface: name}),
    },
  }
}

/** An address that a pod asks for, and of which of its networks; without the network when there is only one. */
export interface RequestedAddress {
  readonly network?: string
  readonly ip: string
}

/** `ADDRESS` or `[NAMESPACE/]NETWORK[@INTERFACE]=ADDRESS`, the address with or without its prefix length. */
export function readRequestedAddress(raw: unknown): Parsed<RequestedAddress> {
  const match = typeof raw === 'string' ? /^(?:([^=]+)=)?([^=/]+)(?:\/(\d{1,3}))?$/.exec(raw) : null
  const [, network, text = '', prefix] = match ?? []
  const address = parseAddress(text)
  const longest = address?.family === 6 ? 128 : 32
  if (address === undefined || Number(prefix ?? 0) > longest)
    return {fault: `${shown(raw)} is not an address such as 172.30.5.40 or data=172.30.5.40`}
  const ip = `${addressText(address)}${prefix === undefined ? '' : `/${prefix}`}`
  return {value: {ip, ...(network !== undefined && {network})}}
}

/** The text that reads back as the same attachment. */
export function attachmentText({namespace, network, interface: name}: AttachmentSpec): string {
  return `${namespace === undefined ? '' : `${namespace}/`}${network}${name === undefined ? '' : `@${name}`}`
}

/** `eth0` and `lo` are there already. */
function readOwnInterface(raw: string): Parsed<string> {
  return raw === 'eth0' || raw === 'lo' ? {fault: `a pod already has an interface ${raw}`} : readInterfaceName(raw)
}
