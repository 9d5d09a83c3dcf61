import type {Json} from '../steps/object.ts'
import {at, listAt, textAt} from './json-path.ts'

/** Annotation that Multus writes on a pod when it has attached it (network-attachment-definition-client v1.7). */
const annotation = 'k8s.v1.cni.cncf.io/network-status'

/** One interface that Multus says it gave a pod. */
export interface StatusEntry {
  /** `namespace/network`; for the primary the name of its CNI configuration. */
  readonly name: string
  readonly interface: string
  readonly ips: readonly string[]
  /** Lower case. */
  readonly mac?: string
  readonly isDefault: boolean
}

/** What Multus says of a pod, in order; undefined where it has said nothing. */
export function networkStatusOf(pod: Json): readonly StatusEntry[] | undefined {
  const text = textAt(pod, 'metadata', 'annotations', annotation)
  if (text === undefined) return undefined
  try {
    const parsed = JSON.parse(text) as Json
    return Array.isArray(parsed) ? (parsed as readonly Json[]).map(toEntry) : undefined
  } catch {
    return undefined
  }
}

function toEntry(entry: Json): StatusEntry {
  const mac = textAt(entry, 'mac')?.toLowerCase()
  return {
    name: textAt(entry, 'name') ?? '',
    interface: textAt(entry, 'interface') ?? '',
    ips: listAt(entry, 'ips').filter((ip): ip is string => typeof ip === 'string'),
    isDefault: at(entry, 'default') === true,
    ...(mac === undefined || mac === '' ? {} : {mac}),
  }
}
