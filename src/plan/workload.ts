import {type WorkloadReference, workloadText} from '../spec/workload-reference.ts'
import type {KubernetesObject, ObjectRef} from '../steps/object.ts'
import {networksAnnotation} from '../templates/labels.ts'
import type {TargetFacts} from './facts.ts'
import {noSuchThing} from './find-pod.ts'
import {ownerOf} from './owner.ts'

/** A workload, or a bare pod, as it was found. */
export interface ObservedWorkload {
  readonly reference: WorkloadReference
  readonly namespace: string
  /** Absent: it is not there. */
  readonly object?: KubernetesObject
  /** Names of its pods, as its selector finds them. */
  readonly pods: readonly string[]
}

/** A workload that is there. */
export interface Workload extends ObservedWorkload {
  readonly object: KubernetesObject
}

/** Where the API keeps it. */
export function workloadRef({kind, name}: WorkloadReference, namespace: string): ObjectRef {
  return {apiVersion: kind === 'Pod' ? 'v1' : 'apps/v1', kind, name, namespace}
}

/** `deployment default/web`, for people. */
export function workloadTitle({reference: {kind, name}, namespace}: ObservedWorkload): string {
  return `${kind === 'Pod' ? 'pod' : kind} ${namespace}/${name}`
}

/** The value of the annotation of its pods; empty where there is none. */
export function annotationOf({reference: {kind}, object}: Workload): string {
  const metadata = kind === 'Pod' ? object.metadata : (specOf(object).template?.metadata ?? {})
  return metadata.annotations?.[networksAnnotation] ?? ''
}

/** Parts of `spec` that decide how its pods are replaced. */
export function specOf(object: KubernetesObject): WorkloadSpec {
  return object['spec'] ?? {}
}

interface WorkloadSpec {
  readonly replicas?: number
  readonly paused?: boolean
  readonly strategy?: {readonly type?: string}
  readonly updateStrategy?: {readonly type?: string; readonly rollingUpdate?: {readonly partition?: number}}
  readonly template?: {
    readonly metadata?: {readonly annotations?: Readonly<Record<string, string>>}
    readonly spec?: object
  }
}

/** The node that its pods are bound to, where they are bound to one. */
export function boundNode({reference: {kind}, object}: Workload): {readonly node?: string} {
  const spec = specOf(object)
  const {nodeName, nodeSelector} = (kind === 'Pod' ? spec : (spec.template?.spec ?? {})) as PodPlace
  const node = nodeName ?? nodeSelector?.['kubernetes.io/hostname']
  return node === undefined ? {} : {node}
}

interface PodPlace {
  readonly nodeName?: string
  readonly nodeSelector?: Readonly<Record<string, string>>
}

/** Passes a workload that is there. Throws invalid-input, with the pods that have networks. */
export function needWorkload(observed: ObservedWorkload, facts: Pick<TargetFacts, 'pods'>): Workload {
  const {object} = observed
  if (object) return {...observed, object}
  throw noSuchThing(workloadTitle(observed), facts)
}

/** What made the pod, where it is not bare: `ReplicaSet web-6d4cf`. */
export function ownerOfPod(pod: KubernetesObject): string | undefined {
  const owner = ownerOf(pod)
  return owner && `${owner.kind} ${owner.name}`
}

/** How one would type it. */
export function workloadWord({reference}: ObservedWorkload): string {
  return workloadText(reference)
}
