import type {KubernetesObject} from '../../steps/object.ts'
import {conditionOf, isTrue} from './conditions.ts'

/** Why a container of a pod does not run. */
export interface ContainerTrouble {
  readonly namespace: string
  readonly pod: string
  readonly container: string
  /** `ImagePullBackOff`, `CrashLoopBackOff`, `ContainerCreating`, … */
  readonly reason: string
  readonly message: string
  readonly restarts: number
}

interface ContainerStatus {
  readonly name: string
  readonly restartCount?: number
  readonly state?: {readonly waiting?: {readonly reason?: string; readonly message?: string}}
}

interface PodStatus {
  readonly phase?: string
  readonly podIP?: string
  readonly containerStatuses?: readonly ContainerStatus[]
  readonly initContainerStatuses?: readonly ContainerStatus[]
}

/** Containers that wait, init containers first. `PodInitializing` is left out: it is the consequence of an init container that is named itself. */
export function waitingContainers(pod: KubernetesObject): readonly ContainerTrouble[] {
  const {containerStatuses = [], initContainerStatuses = []} = podStatus(pod)
  return [...initContainerStatuses, ...containerStatuses].flatMap(({name, restartCount, state}) => {
    const {reason, message} = state?.waiting ?? {}
    if (!reason || reason === 'PodInitializing') return []
    return [
      {
        namespace: pod.metadata.namespace ?? '',
        pod: pod.metadata.name,
        container: name,
        reason,
        message: message ?? '',
        restarts: restartCount ?? 0,
      },
    ]
  })
}

/** The state of one pod that is not ready, in words; undefined for a pod that is. */
export function describePod(pod: KubernetesObject): string | undefined {
  if (isTrue(conditionOf(pod, 'Ready'))) return undefined
  const name = pod.metadata.name
  const [first] = waitingContainers(pod)
  if (first)
    return `${name}: ${first.container} ${first.reason}${first.restarts > 0 ? `, ${first.restarts} restarts` : ''}`
  const scheduled = conditionOf(pod, 'PodScheduled')
  if (scheduled?.status === 'False') return `${name}: ${scheduled.message ?? scheduled.reason ?? 'not scheduled'}`
  return `${name}: ${podStatus(pod).phase ?? 'Pending'}, not Ready`
}

export function podStatus(pod: KubernetesObject): PodStatus {
  return pod['status'] ?? {}
}
