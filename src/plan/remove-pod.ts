import {Problem} from '../problem.ts'
import type {ObjectRef} from '../steps/object.ts'
import type {Plan} from '../steps/step.ts'
import {managedBy} from '../templates/labels.ts'
import {deadlines, runDeadlines} from './deadlines.ts'
import type {TargetFacts} from './facts.ts'
import {makePlan} from './make-plan.ts'
import {chain} from './parts/removal.ts'
import {needWorkload, type ObservedWorkload, type Workload, workloadRef, workloadTitle} from './workload.ts'

export interface RemovePodInput {
  readonly observed: ObservedWorkload
  /** Seconds for the whole run. */
  readonly timeoutSeconds?: number
}

/**
 * Deletes a pod, or a workload of `pod add`, and waits until its pods are gone, for only then their addresses are free. Throws invalid-input when there
 * is no such thing, with the pods that have networks, and for a workload of somebody else.
 */
export function removePod({observed, timeoutSeconds}: RemovePodInput, facts: TargetFacts): Plan {
  const workload = needWorkload(observed, facts)
  const {pods, namespace, reference} = workload
  refuseOthers(workload)
  const title = `the ${workloadTitle(workload)}`
  return makePlan({
    title: `Remove ${title}`,
    cluster: facts.cluster,
    steps: chain([
      {
        id: `remove-${reference.kind.toLowerCase()}`,
        title: `Delete ${title}`,
        action: {type: 'delete-objects', objects: objectsOf(workload)},
      },
      {
        id: 'pod-gone',
        title: `Wait until ${pods.join(', ')} is gone`,
        action: {
          type: 'wait',
          for: {type: 'pods-gone', namespace, names: pods},
          timeoutSeconds: deadlines.podsGone,
          onTimeout: 'fail',
        },
      },
    ]),
    timeoutSeconds: timeoutSeconds ?? runDeadlines.change,
  })
}

/** A StatefulSet of ours has a Service of its name. */
function objectsOf({reference, namespace}: Workload): readonly ObjectRef[] {
  const service = {apiVersion: 'v1', kind: 'Service', name: reference.name, namespace}
  return [workloadRef(reference, namespace), ...(reference.kind === 'StatefulSet' ? [service] : [])]
}

function refuseOthers({reference, namespace, object}: Workload): void {
  const [[label, owner] = ['', '']] = Object.entries(managedBy)
  if (reference.kind === 'Pod' || object.metadata.labels?.[label] === owner) return
  throw new Problem('invalid-input', {
    message: `k8s-local has not made the ${reference.kind} ${namespace}/${reference.name}, and removes only what it has made`,
    suggestions: [`kubectl delete ${reference.kind.toLowerCase()} ${reference.name} --namespace ${namespace}`],
  })
}
