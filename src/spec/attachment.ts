import {type Parsed, shown} from './field-kinds.ts'
import type {AttachmentSpec, DefaultNetworkSpec} from './pod-spec.ts'
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

/** A network for eth0 from `[NAMESPACE/]NAME`. */
export function readDefaultNetwork(raw: unknown): Parsed<DefaultNetworkSpec> {
  const parsed = readNetworkReference(raw)
  if ('fault' in parsed || parsed.value.interface === undefined) return parsed
  return {fault: `${shown(raw)} names an interface, and a default network is always eth0`}
}

/** The text that reads back as the same attachment, without what is asked of it. */
export function attachmentText({namespace, network, interface: name}: AttachmentSpec): string {
  return `${namespace === undefined ? '' : `${namespace}/`}${network}${name === undefined ? '' : `@${name}`}`
}

/** The names of the interfaces, in order: net1, net2, … by their place, unless named (multus v4.3.0 pkg/multus). */
export function interfaceNames(attachments: readonly Pick<AttachmentSpec, 'interface'>[]): readonly string[] {
  return attachments.map((one, index) => one.interface ?? `net${index + 1}`)
}

/** `eth0` and `lo` are there already. */
function readOwnInterface(raw: string): Parsed<string> {
  return raw === 'eth0' || raw === 'lo' ? {fault: `a pod already has an interface ${raw}`} : readInterfaceName(raw)
}
