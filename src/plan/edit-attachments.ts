import {attachmentText, interfaceNames} from '../spec/attachment.ts'
import type {AttachmentSpec} from '../spec/pod-spec.ts'
import {interfaceFindings} from '../spec/read-pod-spec.ts'
import type {Json} from '../steps/object.ts'
import {attachmentEntry, fitsShortForm} from '../templates/networks-annotation.ts'
import {wrong} from './attachment-site.ts'
import {
  type AnnotationEntry,
  type NetworksAnnotation,
  readNetworksAnnotation,
  withInterface,
  writeNetworksAnnotation,
} from './networks-annotation.ts'
import type {PreflightFinding} from './preflight-finding.ts'

/** The annotation after an edit, and what to say of it; or why it cannot be edited so. */
export interface AnnotationEdit {
  /** Empty: no network is left. */
  readonly text: string
  readonly findings: readonly PreflightFinding[]
  readonly notes: readonly string[]
}

/** The annotation with networks added behind those that are there, in the form that it has where that can say them. A network that is attached so already stays as it is. */
export function addAttachments(text: string, added: readonly AttachmentSpec[], namespace: string): AnnotationEdit {
  const before = readNetworksAnnotation(text)
  if (before.faults.length > 0) return unreadable(text, before)
  const names = interfaceNames(before.entries)
  const isThere = (one: AttachmentSpec) =>
    before.entries.flatMap((entry, index) => (isOf(entry, one, namespace) ? [names[index] ?? ''] : []))
  const fresh = added.filter(
    (one) => isThere(one).length === 0 || (one.interface !== undefined && !isThere(one).includes(one.interface)),
  )
  const kept = added.filter((one) => !fresh.includes(one))
  const findings = kept
    .filter(asksSomething)
    .map((one) =>
      wrong(
        '--network',
        `${attachmentText(one)} is attached already, as ${isThere(one).join(', ')}`,
        'detach it first, or name another interface: --network NAME@INTERFACE',
      ),
    )
  const entries = [...before.entries, ...fresh.map(toEntry)]
  return {
    text: fresh.length === 0 ? text : write(entries, before, text),
    findings: [...findings, ...repeatedInterfaces(entries)],
    notes: kept
      .filter((one) => !asksSomething(one))
      .map((one) => `${attachmentText(one)} is attached already, as ${isThere(one).join(', ')}`),
  }
}

/** The annotation without some networks. Interfaces that are named by their place keep their names: a name is written down where the place changes. */
export function removeAttachments(text: string, removed: readonly AttachmentSpec[], namespace: string): AnnotationEdit {
  const before = readNetworksAnnotation(text)
  if (before.faults.length > 0) return unreadable(text, before)
  const names = interfaceNames(before.entries)
  const found = removed.map((one) => ({
    one,
    places: before.entries.flatMap((entry, index) => {
      const named = one.interface === undefined || one.interface === names[index]
      return named && isOf(entry, one, namespace) ? [index] : []
    }),
  }))
  const findings = found.flatMap(({one, places}) => placeFindings(one, places, names, before))
  const gone = new Set(found.flatMap(({places}) => places))
  const left = before.entries.flatMap((entry, index) => (gone.has(index) ? [] : [{entry, name: names[index] ?? ''}]))
  const moved = left.filter(({name}, index) => interfaceNames(left.map(({entry}) => entry))[index] !== name)
  const entries = left.map((one) => (moved.includes(one) ? withInterface(one.entry, one.name) : one.entry))
  return {
    text: entries.length === 0 ? '' : write(entries, before, text),
    findings,
    notes: moved.map(({entry, name}) => `${entry.network} keeps its interface ${name}: the name is written down now`),
  }
}

function write(entries: readonly AnnotationEntry[], {form}: NetworksAnnotation, text: string): string {
  return writeNetworksAnnotation(entries, {form, compact: form === 'json' && !text.includes('\n')})
}

function unreadable(text: string, {faults}: NetworksAnnotation): AnnotationEdit {
  const findings = faults.map((fault) =>
    wrong(
      'the annotation',
      `Multus cannot read what is there: ${fault}`,
      'correct k8s.v1.cni.cncf.io/networks in the template first',
    ),
  )
  return {text, findings, notes: []}
}

function isOf(entry: AnnotationEntry, one: AttachmentSpec, namespace: string): boolean {
  return entry.network === one.network && (entry.namespace ?? namespace) === (one.namespace ?? namespace)
}

function asksSomething(one: AttachmentSpec): boolean {
  return Object.keys(attachmentEntry(one)).some((key) => !['name', 'namespace', 'interface'].includes(key))
}

function toEntry(one: AttachmentSpec): AnnotationEntry {
  const {network, namespace, interface: name} = one
  return {
    network,
    ...(namespace !== undefined && {namespace}),
    ...(name !== undefined && {interface: name}),
    ...(!fitsShortForm(one) && {element: attachmentEntry(one) as Readonly<Record<string, Json>>}),
  }
}

function repeatedInterfaces(entries: readonly AnnotationEntry[]): readonly PreflightFinding[] {
  return interfaceFindings(interfaceNames(entries), '--network').map(({message, fix}) =>
    wrong('--network', message, fix),
  )
}

function placeFindings(
  one: AttachmentSpec,
  places: readonly number[],
  names: readonly string[],
  {entries}: NetworksAnnotation,
): readonly PreflightFinding[] {
  const known = entries.map((entry, index) => attachmentText({...entry, interface: names[index] ?? ''}))
  if (places.length === 0)
    return [
      wrong(
        '--network',
        `${attachmentText(one)} is not attached: ${known.length > 0 ? `there are ${known.join(', ')}` : 'there is no network at all'}`,
      ),
    ]
  if (places.length === 1) return []
  const choices = places.map((place) => `--network ${known[place]}`)
  return [
    wrong(
      '--network',
      `${attachmentText(one)} is attached ${places.length} times`,
      `say which: ${choices.join(' or ')}`,
    ),
  ]
}
