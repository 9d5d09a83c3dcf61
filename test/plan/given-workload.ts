import type {ObservedWorkload} from '../../src/plan/workload.ts'
import type {WorkloadKind} from '../../src/spec/workload-reference.ts'
import type {KubernetesObject} from '../../src/steps/object.ts'
import {networksAnnotation} from '../../src/templates/labels.ts'

/** A workload of namespace default as the API gives it; `networks` is its pods' annotation. */
export function givenWorkload(
  kind: WorkloadKind,
  name: string,
  {
    networks,
    pods = [`${name}-0`, `${name}-1`],
    spec = {},
    metadata = {},
  }: {
    readonly networks?: string
    readonly pods?: readonly string[]
    readonly spec?: object
    readonly metadata?: object
  } = {},
): ObservedWorkload {
  const annotations = networks === undefined ? {} : {annotations: {[networksAnnotation]: networks}}
  const own = {name, namespace: 'default', resourceVersion: '7', ...metadata}
  const object: KubernetesObject =
    kind === 'Pod'
      ? {apiVersion: 'v1', kind, metadata: {...own, ...annotations}, spec}
      : {apiVersion: 'apps/v1', kind, metadata: own, spec: {replicas: 2, template: {metadata: annotations}, ...spec}}
  return {reference: {kind, name}, namespace: 'default', object, pods: kind === 'Pod' ? [name] : pods}
}
