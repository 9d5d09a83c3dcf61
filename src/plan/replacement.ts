import {specOf, type Workload, workloadTitle} from './workload.ts'

/** How a change of the template reaches the pods. */
export interface Replacement {
  /** Whether a roll-out comes that has an end. */
  readonly isAwaited: boolean
  /** What is restarted, and how; what has to be done by hand. */
  readonly notes: readonly string[]
}

/** By the workload's own strategy (kubernetes apps/v1). */
export function replacementOf(workload: Workload, changes: boolean): Replacement {
  const {object, reference, pods} = workload
  const {replicas = 1, paused, strategy, updateStrategy} = specOf(object)
  const title = workloadTitle(workload)
  const awaited = (how: string): Replacement => ({
    isAwaited: true,
    notes: [`restarts ${podsText(pods)} of ${title}: ${how}`],
  })
  const later = (why: string): Replacement => ({isAwaited: false, notes: [`restarts nothing now: ${why}`]})
  if (reference.kind === 'Pod')
    return {isAwaited: true, notes: changes ? [`deletes ${title}, and makes it again on the same node`] : []}
  if (reference.kind !== 'DaemonSet' && replicas === 0) return later(`${title} has no replicas`)
  if (paused) return later(`${title} is paused: kubectl rollout resume`)
  if (updateStrategy?.type === 'OnDelete') return later(`${title} replaces a pod only when it is deleted (OnDelete)`)
  const partition = updateStrategy?.rollingUpdate?.partition ?? 0
  if (partition > 0) return later(`${title} has the partition ${partition}: set it to 0 to replace all pods`)
  if (!changes) return {isAwaited: true, notes: []}
  if (strategy?.type === 'Recreate') return awaited('all at once, then new ones (Recreate)')
  if (reference.kind === 'StatefulSet') return awaited('one after another, the last one first')
  return awaited('one after another')
}

function podsText(pods: readonly string[]): string {
  return pods.length === 1 ? '1 pod' : `${pods.length} pods`
}
