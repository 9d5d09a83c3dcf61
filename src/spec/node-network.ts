import type {NodeNetwork} from './cluster-spec.ts'
import {type Parsed, shown} from './field-kinds.ts'
import {readName, readSubnet} from './texts.ts'

/** An extra network: `NAME`, `NAME=CIDR` or `NAME=auto`, or `{name, subnet}` as a file has it. */
export function readNodeNetwork(raw: unknown): Parsed<NodeNetwork> {
  if (typeof raw === 'string') {
    const [name, subnet = 'auto', ...rest] = raw.split('=')
    return rest.length > 0 ? {fault: `${shown(raw)} is not NAME or NAME=CIDR`} : readParts(name, subnet)
  }
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw))
    return {fault: `${shown(raw)} is not a network with name and subnet`}
  const {name, subnet = 'auto', ...others} = raw as Readonly<Record<string, unknown>>
  const [unknown] = Object.keys(others)
  return unknown === undefined
    ? readParts(name, subnet)
    : {fault: `a network has no '${unknown}', only name and subnet`}
}

/** The text that reads back as the same network. */
export function nodeNetworkText({name, subnet}: NodeNetwork): string {
  return subnet === 'auto' ? name : `${name}=${subnet}`
}

function readParts(rawName: unknown, rawSubnet: unknown): Parsed<NodeNetwork> {
  const name = readNetworkName(rawName)
  const subnet: Parsed<string> = rawSubnet === 'auto' ? {value: 'auto'} : readSubnet(rawSubnet)
  if ('value' in name && 'value' in subnet) return {value: {name: name.value, subnet: subnet.value}}
  return {fault: [name, subnet].flatMap((part) => ('fault' in part ? [part.fault] : [])).join('; ')}
}

const readNetworkName = readName({what: 'an extra network', longest: 15})
