import {recordObject} from '../../templates/record.ts'
import type {Step, StepId} from '../../steps/step.ts'
import type {Part} from '../part.ts'
import type {ResolvedCluster} from '../resolved-cluster.ts'
import {signs} from './kind-cluster.ts'

export interface FinishOptions {
  /** The user's kubeconfig file. */
  readonly kubeconfig: string
  /** What comes before the user gets a context, and before the cluster counts as complete. */
  readonly kind: readonly StepId[]
  readonly all: readonly StepId[]
  /** A cluster that runs has got more: its journal is written anew. */
  readonly record: boolean
}

/** What a person and later commands need: the record in the cluster as soon as the API answers, the user's kubeconfig when kind is through, the mark of completeness last. */
export function finishCluster(cluster: ResolvedCluster, options: FinishOptions): Part {
  const record: Step = {
    id: 'record',
    title: 'Record in the cluster what was asked for',
    action: {type: 'apply-objects', objects: [recordObject(cluster.record)]},
    after: [signs.api],
  }
  const merge: Step = {
    id: 'kubeconfig',
    title: `Add the context kind-${cluster.name} to ${options.kubeconfig}`,
    action: {type: 'merge-kubeconfig', cluster: cluster.name, file: options.kubeconfig},
    after: [...options.kind, signs.api],
  }
  const all = [...options.all, record.id, merge.id]
  const change: readonly Step[] = options.record
    ? [
        {
          id: 'record-change',
          title: 'Note down what was added',
          action: {type: 'begin-cluster', cluster: cluster.name, record: cluster.record},
          after: all,
        },
      ]
    : []
  const complete: Step = {
    id: 'complete-cluster',
    title: 'Note down that the cluster is complete',
    action: {type: 'complete-cluster', cluster: cluster.name},
    after: [...change.map(({id}) => id), ...all],
  }
  return {steps: [record, merge, ...change, complete], done: [complete.id]}
}
