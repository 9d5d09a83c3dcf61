import type {Finding} from '../problem.ts'
import {type RequestedAddress, attachmentText} from './attachment.ts'
import type {Fields, RawInput} from './field.ts'
import {podFields, podNameField} from './pod-fields.ts'
import type {AttachmentSpec, TestPodSpec} from './pod-spec.ts'
import {collectFields, placeOf, refuse} from './read-fields.ts'

/** All fields of a test pod's spec, its argument among them. */
export const podSpecFields = {name: podNameField, ...podFields} as const satisfies Fields

/** The test pod that arguments, flags and answers ask for, frozen. Throws `invalid-input` with everything that is wrong. */
export function readPodSpec(raw: RawInput): TestPodSpec {
  const {values, findings} = collectFields(podSpecFields, raw)
  const {name, namespace, node, networks, ips} = values
  const placed = placeAddresses(networks, ips)
  const at = placeOf(podSpecFields, raw, 'ips')
  const nameless =
    raw['name'] === undefined
      ? [{at: 'name', message: 'a pod needs a name', fix: 'k8s-local pod add NAME --network data'}]
      : []
  refuse([
    ...nameless,
    ...findings,
    ...interfaceFindings(networks, placeOf(podSpecFields, raw, 'networks')),
    ...placed.faults.map((message) => ({at, message})),
  ])
  if (name === undefined) throw new Error('a reading without a name has findings')
  return Object.freeze({
    name,
    namespace,
    attachments: Object.freeze(placed.attachments),
    ...(node !== undefined && {node}),
  })
}

/** Gives every address to the attachment that it is for. */
function placeAddresses(
  attachments: readonly AttachmentSpec[],
  requested: readonly RequestedAddress[],
): {readonly attachments: readonly AttachmentSpec[]; readonly faults: readonly string[]} {
  const placed = [...attachments]
  const faults = requested.flatMap(({network, ip}) => {
    const matches = attachments.flatMap((one, index) =>
      network === undefined || network === attachmentText(one) || network === one.network ? [index] : [],
    )
    const [index, ...others] = matches
    const attachment = index === undefined ? undefined : placed[index]
    if (index === undefined || attachment === undefined)
      return [`${ip} is for ${network ?? 'a network'}, and the pod has no such network`]
    if (others.length > 0) return [`${ip} could be for several networks: write NETWORK=${ip}`]
    if (attachment.ip !== undefined)
      return [`two addresses are asked for on ${attachmentText(attachment)}: ${attachment.ip} and ${ip}`]
    placed[index] = {...attachment, ip}
    return []
  })
  return {attachments: placed.map((one) => Object.freeze(one)), faults}
}

/** Interfaces are net1, net2, … by their place, unless named (multus v4.3.0 pkg/multus). */
function interfaceFindings(attachments: readonly AttachmentSpec[], at: string): readonly Finding[] {
  const names = attachments.map((one, index) => one.interface ?? `net${index + 1}`)
  const repeated = new Set(names.filter((name, index) => names.indexOf(name) !== index))
  return [...repeated].map((name) => ({
    at,
    message: `two networks would be the interface ${name}`,
    fix: 'Name the interfaces: --network data@data1',
  }))
}
