import type {KubernetesObject} from '../steps/object.ts'
import {managedBy, networksAnnotation, runLabel} from '../templates/labels.ts'
import {type AttachmentRequest, networksAnnotationValue} from '../templates/networks-annotation.ts'
import {probePodSpec} from '../templates/probe-pod-spec.ts'
import type {Stage} from './check.ts'

export interface OwnPod {
  readonly name: string
  readonly node: string
  /** What it asks Multus for. */
  readonly asks: readonly AttachmentRequest[]
  /** What its container runs; otherwise it waits until it is deleted. */
  readonly command?: readonly string[]
  readonly labels?: Readonly<Record<string, string>>
  /** Of the pod's spec, besides what every probe pod has. */
  readonly spec?: Readonly<Record<string, unknown>>
}

/** A pod of a check's own. */
export function ownPod(pod: OwnPod, stage: Stage): KubernetesObject {
  const {metadata, spec} = podTemplate(pod, stage)
  return {apiVersion: 'v1', kind: 'Pod', metadata: {...metadata, name: pod.name, namespace: stage.namespace}, spec}
}

/** How the pods of a job are run. */
export interface OwnJob {
  readonly pods: number
  /** Seconds after which the pods are deleted, whatever they do. */
  readonly endsAfter?: number
}

/** A job of a check's own: `pods` of its template at once. */
export function ownJob(pod: OwnPod, {pods, endsAfter}: OwnJob, stage: Stage): KubernetesObject {
  const {metadata, spec} = podTemplate(pod, stage)
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {name: pod.name, namespace: stage.namespace, labels: metadata.labels},
    spec: {
      parallelism: pods,
      completions: pods,
      backoffLimit: 0,
      ...(endsAfter !== undefined && {activeDeadlineSeconds: endsAfter}),
      template: {metadata, spec: {...spec, restartPolicy: 'Never'}},
    },
  }
}

/** The template of its pods: labels, annotation and spec. */
export function podTemplate({node, asks, command, labels, spec}: OwnPod, {runId, image}: Stage) {
  return {
    metadata: {
      labels: {...managedBy, [runLabel]: runId, 'app.kubernetes.io/component': 'prop', ...labels},
      annotations: {[networksAnnotation]: networksAnnotationValue(asks)},
    },
    spec: {...probePodSpec({image, node, ...(command !== undefined && {command})}), ...spec},
  }
}
