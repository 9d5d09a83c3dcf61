import type {KubernetesObject, ObjectMeta} from '../steps/object.ts'
import type {Step} from '../steps/step.ts'
import {networksAnnotation} from '../templates/labels.ts'
import {deadlines} from './deadlines.ts'
import {type Workload, workloadRef} from './workload.ts'

/** The steps that give a bare pod other networks: away with it, the same one again on the same node, Ready. Without an annotation nothing changes, and it is only waited for. */
export function recreatePod(workload: Workload, annotation: string | undefined): readonly Step[] {
  const {object, reference, namespace} = workload
  const {name} = reference
  const ready = (after: readonly string[]): Step => ({
    id: 'pod-ready',
    title: `Wait until ${name} is Ready`,
    action: {
      type: 'wait',
      for: {type: 'pods-ready', namespace, names: [name]},
      timeoutSeconds: deadlines.workload,
      onTimeout: 'fail',
    },
    after,
  })
  if (annotation === undefined) return [ready([])]
  return [
    {
      id: 'remove-pod',
      title: `Delete the pod ${namespace}/${name}`,
      action: {type: 'delete-objects', objects: [workloadRef(reference, namespace)]},
      after: [],
    },
    {
      id: 'pod',
      title: `Create the pod ${namespace}/${name} again`,
      action: {type: 'apply-objects', objects: [reborn(object, annotation)]},
      after: ['remove-pod'],
    },
    ready(['pod']),
  ]
}

/** The pod as its maker wrote it, as far as that can be told: what the API and the agents have added goes. */
function reborn(pod: KubernetesObject, annotation: string): KubernetesObject {
  const {labels, annotations: old = {}, finalizers} = pod.metadata as ObjectMeta & {readonly finalizers?: unknown}
  const {ephemeralContainers: _, ...spec} = pod['spec'] as Readonly<Record<string, unknown>>
  const kept = Object.entries(old).filter(([key]) => key !== networksAnnotation && !addedByAgents.test(key))
  const annotations = Object.fromEntries([...kept, ...(annotation === '' ? [] : [[networksAnnotation, annotation]])])
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: pod.metadata.name,
      ...(pod.metadata.namespace !== undefined && {namespace: pod.metadata.namespace}),
      ...(labels && {labels}),
      ...(finalizers !== undefined && {finalizers}),
      annotations: annotations as Readonly<Record<string, string>>,
    },
    spec,
  }
}

const addedByAgents = /^(k8s\.v1\.cni\.cncf\.io\/network-status|cni\.projectcalico\.org\/.*)$/
