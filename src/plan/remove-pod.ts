import {Problem} from '../problem.ts'
import type {Plan} from '../steps/step.ts'
import {deadlines, runDeadlines} from './deadlines.ts'
import type {TargetFacts} from './facts.ts'
import {makePlan} from './make-plan.ts'
import {chain} from './parts/removal.ts'

export interface RemovePodInput {
  readonly namespace: string
  readonly name: string
  /** Seconds for the whole run. */
  readonly timeoutSeconds?: number
}

/** Deletes a pod and waits until it is gone, for only then its addresses are free. Throws invalid-input when there is no such pod, with those that have networks. */
export function removePod({namespace, name, timeoutSeconds}: RemovePodInput, facts: TargetFacts): Plan {
  if (!facts.pods.some((pod) => pod.namespace === namespace && pod.name === name))
    throw notFound(namespace, name, facts)
  return makePlan({
    title: `Remove the pod ${namespace}/${name}`,
    cluster: facts.cluster,
    steps: chain([
      {
        id: 'remove-pod',
        title: `Delete the pod ${namespace}/${name}`,
        action: {type: 'delete-objects', objects: [{apiVersion: 'v1', kind: 'Pod', name, namespace}]},
      },
      {
        id: 'pod-gone',
        title: `Wait until ${name} is gone`,
        action: {
          type: 'wait',
          for: {type: 'pods-gone', namespace, names: [name]},
          timeoutSeconds: deadlines.podsGone,
          onTimeout: 'fail',
        },
      },
    ]),
    timeoutSeconds: timeoutSeconds ?? runDeadlines.change,
  })
}

function notFound(namespace: string, name: string, {pods}: TargetFacts): Problem {
  const known = pods.filter(({requested}) => requested !== '').map((pod) => `${pod.namespace}/${pod.name}`)
  return new Problem('invalid-input', {
    message: `There is no pod ${namespace}/${name}`,
    ...(known.length > 0 ? {cause: `Pods with networks: ${known.join(', ')}`} : {}),
    suggestions: ['k8s-local pod list'],
  })
}
