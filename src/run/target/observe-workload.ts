import type {KubernetesDriver} from '../../drivers/ports.ts'
import {type ObservedWorkload, workloadRef} from '../../plan/workload.ts'
import type {KubernetesObject} from '../../steps/object.ts'

/** The workload as the API has it now, and its pods. Throws api-unreachable, api-forbidden, api-refused. */
export async function observeWorkload(
  kubernetes: KubernetesDriver,
  {reference, namespace, signal}: Pick<ObservedWorkload, 'reference' | 'namespace'> & {readonly signal: AbortSignal},
): Promise<ObservedWorkload> {
  const object = await kubernetes.read(workloadRef(reference, namespace), signal)
  if (!object) return {reference, namespace, pods: []}
  if (reference.kind === 'Pod') return {reference, namespace, object, pods: [reference.name]}
  const labelSelector = selectorOf(object)
  const pods =
    labelSelector === '' ? [] : await kubernetes.list({apiVersion: 'v1', kind: 'Pod', namespace, labelSelector}, signal)
  return {reference, namespace, object, pods: pods.map(({metadata}) => metadata.name)}
}

/** What the labels of its pods are, as a query of the API has it; by matchLabels alone. */
export function selectorOf(workload: KubernetesObject): string {
  const {selector} = (workload['spec'] ?? {}) as {
    readonly selector?: {readonly matchLabels?: Readonly<Record<string, string>>}
  }
  return Object.entries(selector?.matchLabels ?? {})
    .map(([key, value]) => `${key}=${value}`)
    .join(',')
}
