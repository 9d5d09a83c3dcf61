import {recordObject} from '../../templates/record.ts'
import type {Step, StepId} from '../../steps/step.ts'
import type {Part} from '../part.ts'
import type {ResolvedCluster} from '../resolved-cluster.ts'
import {signs} from './kind-cluster.ts'

/** What a person and later commands need: the record in the cluster as soon as the API answers, the user's kubeconfig when kind is through, the mark of completeness last. */
export function finishCluster(
  cluster: ResolvedCluster,
  kubeconfig: string,
  after: {readonly kind: readonly StepId[]; readonly all: readonly StepId[]},
): Part {
  const record: Step = {
    id: 'record',
    title: 'Record in the cluster what was asked for',
    action: {type: 'apply-objects', objects: [recordObject(cluster.record)]},
    after: [signs.api],
  }
  const merge: Step = {
    id: 'kubeconfig',
    title: `Add the context kind-${cluster.name} to ${kubeconfig}`,
    action: {type: 'merge-kubeconfig', cluster: cluster.name, file: kubeconfig},
    after: after.kind,
  }
  const complete: Step = {
    id: 'complete-cluster',
    title: 'Note down that the cluster is complete',
    action: {type: 'complete-cluster', cluster: cluster.name},
    after: [...after.all, record.id, merge.id],
  }
  return {steps: [record, merge, complete], done: [complete.id]}
}
