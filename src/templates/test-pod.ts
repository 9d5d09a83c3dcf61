import type {KubernetesObject} from '../steps/object.ts'
import {managedBy, networksAnnotation} from './labels.ts'
import {type AttachmentRequest, networksAnnotationValue} from './networks-annotation.ts'
import {probePodSpec} from './probe-pod-spec.ts'

export interface TestPodInput {
  readonly name: string
  readonly namespace: string
  readonly attachments: readonly AttachmentRequest[]
  /** Where it must run; anywhere when absent. */
  readonly node?: string
  /** `registry/name:tag` of the probe image. */
  readonly image: string
}

/** A pod with network tools that waits until it is deleted, attached to the networks asked for. */
export function testPod({name, namespace, attachments, node, image}: TestPodInput): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace,
      labels: {...managedBy, 'app.kubernetes.io/name': name, 'app.kubernetes.io/component': 'test-pod'},
      ...(attachments.length > 0 && {annotations: {[networksAnnotation]: networksAnnotationValue(attachments)}}),
    },
    spec: probePodSpec({image, ...(node !== undefined && {node})}),
  }
}
