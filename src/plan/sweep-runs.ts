import type {ObjectRef} from '../steps/object.ts'
import type {Plan, Step} from '../steps/step.ts'
import {runDeadlines} from './deadlines.ts'
import {makePlan} from './make-plan.ts'

/** What one run of verify has in the cluster. */
export interface RunRemains {
  readonly runId: string
  /** When the first of it was made, as the API writes times; empty where it does not say. */
  readonly madeAt: string
  readonly objects: readonly ObjectRef[]
}

/**
 * Removes all that runs of verify have left. The lock of the cluster keeps it from a run that goes on: it is held from the first object that a run makes
 * to the last that it removes. Nothing left is a plan without steps.
 */
export function sweepRuns(runs: readonly RunRemains[], cluster: string): Plan {
  return makePlan({
    title: `Clean up after verify in the cluster ${cluster}`,
    cluster,
    steps: runs.map(sweep),
    timeoutSeconds: runDeadlines.change,
  })
}

/** What lies in a namespace of the run goes with it. */
function sweep({runId, madeAt, objects}: RunRemains): Step {
  const spaces = objects.filter(({kind}) => kind === 'Namespace').map(({name}) => name)
  const named = objects.filter(({namespace}) => namespace === undefined || !spaces.includes(namespace))
  const what = named.map(
    ({kind, namespace, name}) => `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`,
  )
  return {
    id: `sweep:${runId}`,
    title: `Delete what the run ${runId}${madeAt === '' ? '' : ` of ${madeAt}`} has left: ${what.join(', ')}`,
    action: {type: 'delete-objects', objects: named},
    after: [],
  }
}
