import type {KubernetesObject} from '../steps/object.ts'
import {type DefaultRoute, defaultRouteContainer} from './default-route.ts'
import {defaultNetworkAnnotation, managedBy, networksAnnotation, workloadLabel} from './labels.ts'
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
  /** `namespace/name` of the network for eth0. */
  readonly defaultNetwork?: string
  readonly defaultRoutes?: readonly DefaultRoute[]
}

export interface TestWorkload {
  readonly kind: 'Deployment' | 'StatefulSet'
  readonly replicas: number
  /** Each pod goes before its successor comes: for what only one pod at a time can have. */
  readonly oneAtATime: boolean
}

/** A pod with network tools that waits until it is deleted, attached to the networks asked for. */
export function testPod(input: TestPodInput): KubernetesObject {
  const {metadata, spec} = podTemplate(input, {})
  return {apiVersion: 'v1', kind: 'Pod', metadata: {...namesOf(input), ...metadata}, spec}
}

/** Such pods, kept running by a workload; a StatefulSet comes with the Service without an address that names its pods. */
export function testWorkload(
  input: TestPodInput,
  {kind, replicas, oneAtATime}: TestWorkload,
): readonly KubernetesObject[] {
  const selected = {[workloadLabel]: input.name}
  const metadata = {...namesOf(input), labels: labelsOf(input)}
  const common = {replicas, selector: {matchLabels: selected}, template: podTemplate(input, selected)}
  if (kind === 'Deployment') {
    const spec = {...common, ...(oneAtATime && {strategy: {type: 'Recreate'}})}
    return [{apiVersion: 'apps/v1', kind, metadata, spec}]
  }
  return [
    {apiVersion: 'v1', kind: 'Service', metadata, spec: {clusterIP: 'None', selector: selected}},
    {
      apiVersion: 'apps/v1',
      kind,
      metadata,
      spec: {...common, serviceName: input.name, podManagementPolicy: 'Parallel'},
    },
  ]
}

function podTemplate(input: TestPodInput, more: Readonly<Record<string, string>>) {
  const {attachments, node, image, defaultNetwork, defaultRoutes = []} = input
  const annotations = {
    ...(attachments.length > 0 && {[networksAnnotation]: networksAnnotationValue(attachments)}),
    ...(defaultNetwork !== undefined && {[defaultNetworkAnnotation]: defaultNetwork}),
  }
  return {
    metadata: {
      labels: {...labelsOf(input), ...more},
      ...(Object.keys(annotations).length > 0 && {annotations}),
    },
    spec: {
      ...probePodSpec({image, ...(node !== undefined && {node})}),
      ...(defaultRoutes.length > 0 && {initContainers: [defaultRouteContainer(image, defaultRoutes)]}),
    },
  }
}

function namesOf({name, namespace}: TestPodInput): {readonly name: string; readonly namespace: string} {
  return {name, namespace}
}

function labelsOf({name}: TestPodInput): Readonly<Record<string, string>> {
  return {...managedBy, 'app.kubernetes.io/name': name, 'app.kubernetes.io/component': 'test-pod'}
}
