import type {Json} from '../steps/object.ts'
import {countAt} from './json-path.ts'

export type Workload = {
  readonly kind: 'DaemonSet' | 'Deployment' | 'StatefulSet'
  readonly namespace: string
  readonly name: string
}

export function workloadPath({kind, namespace, name}: Workload): string {
  return `/apis/apps/v1/namespaces/${namespace}/${kind.toLowerCase()}s/${name}`
}

/** Whether the roll-out is complete, by the rules of `kubectl rollout status`: observed, all updated, all available, none left over. */
export function judgeRollout(
  workload: Json,
  {kind, name}: Workload,
): {readonly complete: boolean; readonly summary: string} {
  const observed = countAt(workload, 'status', 'observedGeneration') >= countAt(workload, 'metadata', 'generation')
  const {wanted, updated, available} = figuresOf[kind](workload)
  if (!observed) return {complete: false, summary: `${name}: the latest change has not been acted on yet`}
  const unfinished = updated < wanted || available < wanted || wanted === 0
  const summary = `${name} ${available} of ${wanted} available${updated < wanted ? `, ${updated} updated` : ''}`
  return {complete: !unfinished, summary}
}

const figuresOf = {DaemonSet: ofDaemonSet, Deployment: ofDeployment, StatefulSet: ofStatefulSet} as const

function ofDaemonSet(workload: Json) {
  return {
    wanted: countAt(workload, 'status', 'desiredNumberScheduled'),
    updated: countAt(workload, 'status', 'updatedNumberScheduled'),
    available: countAt(workload, 'status', 'numberAvailable'),
  }
}

function ofDeployment(workload: Json) {
  const wanted = countAt(workload, 'spec', 'replicas')
  const leftOver = countAt(workload, 'status', 'replicas') - countAt(workload, 'status', 'updatedReplicas')
  return {
    wanted,
    updated: leftOver > 0 ? wanted - leftOver : countAt(workload, 'status', 'updatedReplicas'),
    available: countAt(workload, 'status', 'availableReplicas'),
  }
}

function ofStatefulSet(workload: Json) {
  return {
    wanted: countAt(workload, 'spec', 'replicas'),
    updated: countAt(workload, 'status', 'updatedReplicas'),
    available: countAt(workload, 'status', 'availableReplicas'),
  }
}
