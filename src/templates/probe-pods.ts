import type {KubernetesObject} from '../steps/object.ts'
import {managedBy, networksAnnotation, runLabel} from './labels.ts'
import {networksAnnotationJson} from './networks-annotation.ts'
import {probePodSpec} from './probe-pod-spec.ts'

export interface ProbePodsInput {
  readonly runId: string
  readonly namespace: string
  readonly places: readonly ProbePodPlace[]
  /** `registry/name:tag` of the probe image. */
  readonly image: string
}

export interface ProbePodPlacesInput {
  /** Where pods are wanted; one pod each, and a second one on the first worker (or the only node). */
  readonly nodes: readonly {readonly name: string; readonly role: 'control-plane' | 'worker'}[]
  /** Sets of networks: the pods of a set carry all of it, in its order: `net1`, `net2`, … */
  readonly sets: readonly (readonly NetworkName[])[]
}

interface NetworkName {
  readonly namespace: string
  readonly name: string
}

/** Where a probe pod runs and what it carries; the networks as `namespace/name`. */
export interface ProbePodPlace {
  readonly name: string
  readonly node: string
  readonly networks: readonly string[]
}

/** How the namespaces of all runs begin. */
export const probeNamespacePrefix = 'k8s-local-verify-'

/** The namespace that everything of a verify run lives in; deleting it is the clean-up. */
export function probeNamespaceName(runId: string): string {
  return `${probeNamespacePrefix}${runId}`
}

/** Whether a namespace is that of a verify run, also of one that has not been removed yet: its networks are nobody's. */
export function isProbeNamespace(name: string): boolean {
  return name.startsWith(probeNamespacePrefix)
}

export function probeNamespace(runId: string, more: Readonly<Record<string, string>> = {}): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {name: probeNamespaceName(runId), labels: {...managedBy, [runLabel]: runId, ...more}},
  }
}

/**
 * The pods of a verify run, for each set `probe-1`, `probe-2`, … in the order of the nodes, then `probe-twin`, which shares a node with another. The
 * names of later sets end in `-b`, `-c`, ….
 */
export function probePodPlaces({nodes, sets}: ProbePodPlacesInput): readonly ProbePodPlace[] {
  const shared = nodes.find(({role}) => role === 'worker') ?? nodes[0]
  if (shared === undefined) return []
  return sets.flatMap((set, index) => {
    const ending = index === 0 ? '' : `-${(index + 10).toString(36)}`
    const networks = set.map(({namespace, name}) => `${namespace}/${name}`)
    const onePerNode = nodes.map(({name}, place) => ({name: `probe-${place + 1}${ending}`, node: name, networks}))
    return [...onePerNode, {name: `probe-twin${ending}`, node: shared.name, networks}]
  })
}

/** The objects of those pods. */
export function probePods({runId, namespace, places, image}: ProbePodsInput): readonly KubernetesObject[] {
  return places.map((place) => probePod({...place, namespace, runId, image}))
}

export interface ProbePodInput extends ProbePodPlace {
  readonly namespace: string
  readonly runId: string
  readonly image: string
  /** The label `app.kubernetes.io/component`, by which pods of one kind are found. */
  readonly component?: string
}

/** One pod with network tools in the namespace of a run. */
export function probePod({
  name,
  namespace,
  node,
  networks,
  runId,
  image,
  component = 'probe',
}: ProbePodInput): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace,
      labels: {...managedBy, [runLabel]: runId, 'app.kubernetes.io/component': component},
      ...annotationsFor(networks),
    },
    spec: probePodSpec({image, node}),
  }
}

/** What asks for these networks (`namespace/name`), in their order: `net1`, `net2`, …; nothing for none. */
export function annotationsFor(networks: readonly string[]): {
  readonly annotations?: Readonly<Record<string, string>>
} {
  return networks.length === 0
    ? {}
    : {annotations: {[networksAnnotation]: networksAnnotationJson(networks.map(toAttachment))}}
}

function toAttachment(network: string): {readonly namespace: string; readonly network: string} {
  const [namespace = '', name = ''] = network.split('/')
  return {namespace, network: name}
}
