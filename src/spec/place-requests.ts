import {attachmentText, interfaceNames} from './attachment.ts'
import type {Requested} from './attachment-requests.ts'
import type {AttachmentSpec, Bandwidth, PortMapping} from './pod-spec.ts'

/** What is asked of networks, by the key of its field. */
export interface Requests {
  readonly ips: readonly Requested<string>[]
  readonly macs: readonly Requested<string>[]
  readonly bandwidths: readonly Requested<Bandwidth>[]
  readonly portMaps: readonly Requested<PortMapping>[]
  readonly defaultRoutes: readonly Requested<string>[]
}

export interface PlacedRequests {
  readonly attachments: readonly AttachmentSpec[]
  readonly faults: readonly {readonly key: keyof Requests; readonly message: string}[]
}

type Key = keyof Requests

/** Gives every request to the attachment that it is for. */
export function placeRequests(attachments: readonly AttachmentSpec[], requests: Partial<Requests>): PlacedRequests {
  const placed = [...attachments]
  const faults = (Object.keys(members) as Key[]).flatMap((key) =>
    (requests[key] ?? []).flatMap((request) => {
      const found = findPlace(attachments, request)
      if ('fault' in found) return [{key, message: found.fault}]
      const attachment = placed[found.index]
      if (attachment === undefined) return []
      const member = members[key]
      const before = attachment[member.name]
      if (before !== undefined && key !== 'portMaps') {
        const first = (requests[key] ?? []).find((one) => one.value === before)
        const message = `two ${member.words} are asked for on ${attachmentText(attachment)}: ${first?.text} and ${request.text}`
        return [{key, message}]
      }
      const value = key === 'portMaps' ? [...(attachment.portMappings ?? []), request.value] : request.value
      placed[found.index] = {...attachment, [member.name]: value}
      return []
    }),
  )
  return {attachments: placed.map((one) => Object.freeze(one)), faults}
}

const members = {
  ips: {name: 'ip', words: 'addresses'},
  macs: {name: 'mac', words: 'MAC addresses'},
  bandwidths: {name: 'bandwidth', words: 'bandwidths'},
  portMaps: {name: 'portMappings', words: 'port mappings'},
  defaultRoutes: {name: 'defaultRoute', words: 'default routes'},
} as const satisfies Record<Key, {readonly name: keyof AttachmentSpec; readonly words: string}>

/** By the network as it was written, by its name, or by the interface that it becomes. */
function findPlace(
  attachments: readonly AttachmentSpec[],
  {network, text}: Requested<unknown>,
): {readonly index: number} | {readonly fault: string} {
  const names = interfaceNames(attachments)
  const matches = (fits: (one: AttachmentSpec, index: number) => boolean) =>
    attachments.flatMap((one, index) => (fits(one, index) ? [index] : []))
  const byName = matches((one) => network === undefined || network === attachmentText(one) || network === one.network)
  const [index, ...others] = byName.length > 0 ? byName : matches((_, place) => network === names[place])
  if (index === undefined) return {fault: `${text} is for ${network ?? 'a network'}, and the pod has no such network`}
  if (others.length > 0) {
    const how = network === undefined ? `NETWORK=${text}` : `${names[index]}=${text} for its interface`
    return {fault: `${text} could be for several networks: write ${how}`}
  }
  return {index}
}
