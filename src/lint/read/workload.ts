import {defaultNetworkAnnotation, networksAnnotation} from '../../templates/labels.ts'
import type {TreeMap} from '../../tree.ts'
import type {LintObject, NetworkRequest, Workload} from '../scene.ts'
import {leafAt, mapAt, numberAt} from '../tree-access.ts'
import {readRequest} from './request.ts'

/** Where each kind keeps the pod: its metadata and its spec stand there. */
const templates: Readonly<Record<string, readonly string[]>> = {
  Pod: [],
  PodTemplate: ['template'],
  Deployment: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  ReplicaSet: ['spec', 'template'],
  ReplicationController: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
}

/** A pod or a maker of pods; undefined for other kinds. */
export function readWorkload(object: LintObject): Workload | undefined {
  const path = templates[object.kind]
  if (!path || !Object.hasOwn(templates, object.kind)) return undefined
  const pod = mapAt(object.tree, ...path)
  const annotations = mapAt(pod, 'metadata', 'annotations')
  const podSpec = mapAt(pod, 'spec')
  return {
    ...object,
    replicas: replicasOf(object),
    ...(annotations && {annotations}),
    ...(podSpec && {podSpec}),
    ...requests(annotations),
  }
}

function requests(annotations: TreeMap | undefined): Pick<Workload, 'request' | 'defaultRequest'> {
  const read = (key: string): NetworkRequest | undefined => {
    const leaf = leafAt(annotations, key)
    return leaf && readRequest(leaf)
  }
  const request = read(networksAnnotation)
  const defaultRequest = read(defaultNetworkAnnotation)
  return {...(request && {request}), ...(defaultRequest && {defaultRequest})}
}

function replicasOf({kind, tree}: LintObject): Workload['replicas'] {
  if (kind === 'DaemonSet') return 'per-node'
  if (kind === 'Job') return numberAt(tree, 'spec', 'parallelism') ?? 1
  if (kind === 'CronJob') return numberAt(tree, 'spec', 'jobTemplate', 'spec', 'parallelism') ?? 1
  return numberAt(tree, 'spec', 'replicas') ?? 1
}
