import type {KubernetesObject} from '../steps/object.ts'
import {managedBy, networksAnnotation, runLabel} from './labels.ts'
import {networksAnnotationJson} from './networks-annotation.ts'
import {probePodSpec} from './probe-pod-spec.ts'

export interface ProbePodsInput {
  readonly runId: string
  /** Where pods are wanted; one pod each, and a second one on the first worker (or the only node). */
  readonly nodes: readonly {readonly name: string; readonly role: 'control-plane' | 'worker'}[]
  /** Every pod carries all of them, in this order: `net1`, `net2`, … */
  readonly networks: readonly {readonly namespace: string; readonly name: string}[]
  /** `registry/name:tag` of the probe image. */
  readonly image: string
}

/** Where a probe pod runs and what it carries; the networks as `namespace/name`. */
export interface ProbePodPlace {
  readonly name: string
  readonly node: string
  readonly networks: readonly string[]
}

/** The namespace that everything of a verify run lives in; deleting it is the clean-up. */
export function probeNamespaceName(runId: string): string {
  return `k8s-local-verify-${runId}`
}

export function probeNamespace(runId: string): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {name: probeNamespaceName(runId), labels: {...managedBy, [runLabel]: runId}},
  }
}

/** The pods of a verify run: `probe-1`, `probe-2`, … in the order of the nodes, then `probe-twin`, which shares a node with another. */
export function probePodPlaces({
  nodes,
  networks,
}: Pick<ProbePodsInput, 'nodes' | 'networks'>): readonly ProbePodPlace[] {
  const carried = networks.map(({namespace, name}) => `${namespace}/${name}`)
  const shared = nodes.find(({role}) => role === 'worker') ?? nodes[0]
  const onePerNode = nodes.map(({name}, index) => ({name: `probe-${index + 1}`, node: name, networks: carried}))
  return shared === undefined ? [] : [...onePerNode, {name: 'probe-twin', node: shared.name, networks: carried}]
}

/** The objects of those pods. */
export function probePods(input: ProbePodsInput): readonly KubernetesObject[] {
  const attachments = input.networks.map(({namespace, name}) => ({namespace, network: name}))
  return probePodPlaces(input).map(({name, node}) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: probeNamespaceName(input.runId),
      labels: {...managedBy, [runLabel]: input.runId, 'app.kubernetes.io/component': 'probe'},
      ...(attachments.length > 0 && {annotations: {[networksAnnotation]: networksAnnotationJson(attachments)}}),
    },
    spec: probePodSpec({image: input.image, node}),
  }))
}
