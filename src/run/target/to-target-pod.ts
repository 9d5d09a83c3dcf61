import type {TargetPod} from '../../plan/facts.ts'
import type {KubernetesObject} from '../../steps/object.ts'
import {networksAnnotation} from '../../templates/labels.ts'
import {networkStatus} from '../network-status.ts'
import {conditionOf, isTrue} from '../readiness/conditions.ts'
import {podStatus} from '../readiness/pod-trouble.ts'

/** What planning needs to know of a pod. */
export function toTargetPod(pod: KubernetesObject): TargetPod {
  const {nodeName = ''} = (pod['spec'] ?? {}) as {readonly nodeName?: string}
  return {
    namespace: pod.metadata.namespace ?? '',
    name: pod.metadata.name,
    node: nodeName,
    phase: podStatus(pod).phase ?? 'Unknown',
    ready: isTrue(conditionOf(pod, 'Ready')),
    requested: pod.metadata.annotations?.[networksAnnotation] ?? '',
    status: networkStatus(pod),
  }
}
