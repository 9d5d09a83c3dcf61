import type {Json} from '../steps/object.ts'
import {attachmentEntry, shortForm} from '../templates/networks-annotation.ts'

/** The annotation k8s.v1.cni.cncf.io/networks, read as Multus reads it (multus v4.3.0 pkg/k8sclient). */
export interface NetworksAnnotation {
  readonly form: 'short' | 'json'
  readonly entries: readonly AnnotationEntry[]
  /** Why Multus could not read it, or would not find what it names. */
  readonly faults: readonly string[]
}

export interface AnnotationEntry {
  readonly network: string
  readonly namespace?: string
  readonly interface?: string
  /** JSON form: the element as it stands, with what this program does not know. */
  readonly element?: Readonly<Record<string, Json>>
}

/** Both forms; never throws. A text with `[`, `{` or `"` counts as JSON. */
export function readNetworksAnnotation(text: string): NetworksAnnotation {
  if (text.trim() === '') return {form: 'short', entries: [], faults: []}
  return /[[{"]/.test(text) ? readJson(text) : readShort(text)
}

/** The annotation's text: the short form where it was that and still can say everything, else JSON, indented as before. */
export function writeNetworksAnnotation(
  entries: readonly AnnotationEntry[],
  {form, compact}: {readonly form: NetworksAnnotation['form']; readonly compact: boolean},
): string {
  const isShort = form === 'short' && entries.every(({element}) => element === undefined)
  if (isShort) return entries.map(shortForm).join(', ')
  return JSON.stringify(
    entries.map((entry) => entry.element ?? attachmentEntry(entry)),
    null,
    compact ? undefined : 2,
  )
}

/** The entry with a name for its interface. */
export function withInterface(entry: AnnotationEntry, name: string): AnnotationEntry {
  return {...entry, interface: name, ...(entry.element && {element: {...entry.element, interface: name}})}
}

function readShort(text: string): NetworksAnnotation {
  const items = text.split(',').map((item) => item.trim())
  const read = items.map((item) => /^(?:([^/@\s]+)\/)?([^/@\s]+)(?:@([^/@\s]{1,15}))?$/.exec(item))
  return {
    form: 'short',
    entries: read.flatMap((match) => {
      const [, namespace, network = '', name] = match ?? []
      if (network === '') return []
      return [{network, ...(namespace !== undefined && {namespace}), ...(name !== undefined && {interface: name})}]
    }),
    faults: items.flatMap((item, index) =>
      read[index]
        ? []
        : [item === '' ? 'an empty item: a comma too many' : `'${item}' is not [NAMESPACE/]NAME[@INTERFACE]`],
    ),
  }
}

function readJson(text: string): NetworksAnnotation {
  const bad = (fault: string): NetworksAnnotation => ({form: 'json', entries: [], faults: [fault]})
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch (error) {
    return bad(`it is not JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
  if (!Array.isArray(parsed)) return bad('it is not an array: Multus takes a list of objects, of one as well')
  const elements = parsed as readonly unknown[]
  const entries = elements.flatMap((element) => toEntry(element) ?? [])
  const nameless = elements.length - entries.length
  return {form: 'json', entries, faults: nameless > 0 ? [`${nameless} of its elements have no "name"`] : []}
}

function toEntry(element: unknown): AnnotationEntry | undefined {
  if (typeof element !== 'object' || element === null) return undefined
  const known = element as Readonly<Record<string, Json>>
  const {name, namespace} = known
  // The older name of the key is honoured still (multus v4.3.0 pkg/types/types.go).
  const ownName = known['interface'] ?? known['interfaceRequest']
  if (typeof name !== 'string') return undefined
  return {
    network: name,
    element: known,
    ...(typeof namespace === 'string' && {namespace}),
    ...(typeof ownName === 'string' && ownName !== '' && {interface: ownName}),
  }
}
