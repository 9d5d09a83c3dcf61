import type {TargetPod} from './facts.ts'

/** The networks that a pod asks for, as `namespace/name`; a text that Multus could not read either asks for none. Both forms of the annotation (multus v4.3.0 pkg/k8sclient). */
export function requestedNetworks({
  requested,
  namespace,
}: Pick<TargetPod, 'requested' | 'namespace'>): readonly string[] {
  if (requested.trim() === '') return []
  if (/[[{"]/.test(requested)) return fromJson(requested, namespace)
  return requested.split(',').flatMap((item) => {
    const reference = item.trim().split('@')[0] ?? ''
    if (reference === '') return []
    return [reference.includes('/') ? reference : `${namespace}/${reference}`]
  })
}

function fromJson(text: string, namespace: string): readonly string[] {
  try {
    const parsed: unknown = JSON.parse(text)
    if (!Array.isArray(parsed)) return []
    return (parsed as readonly {readonly name?: unknown; readonly namespace?: unknown}[]).flatMap((entry) =>
      typeof entry?.name === 'string'
        ? [`${typeof entry.namespace === 'string' ? entry.namespace : namespace}/${entry.name}`]
        : [],
    )
  } catch {
    return []
  }
}
