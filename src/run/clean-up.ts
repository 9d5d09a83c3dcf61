import type {ActionType} from '../steps/action.ts'
import {refOf} from '../steps/object.ts'
import type {Plan, Step} from '../steps/step.ts'
import {withDeadline} from './deadline.ts'
import type {Outcome} from './events.ts'
import type {RunPlanOptions} from './run-options.ts'
import type {RunState} from './run-state.ts'
import {makeStepRunner} from './step-runner.ts'

/** Seconds that each clean-up step may take. */
const cleanUpSeconds = 90

export interface CleanUpOptions extends Pick<RunPlanOptions, 'drivers' | 'target'> {
  /** How the run has ended that is cleaned up after. */
  soFar(): Outcome
}

/**
 * Carries out steps one after another, each within its own time, whatever becomes of the ones before. Returns those that failed. A cluster of which
 * something is left is not forgotten: `delete` would take the rest for a stranger's.
 */
export async function cleanUp(
  steps: readonly Step[],
  options: CleanUpOptions,
  state: RunState,
): Promise<readonly Step[]> {
  const unfinished: Step[] = []
  for (const step of steps) {
    const kept = step.action.type === 'forget-cluster' && unfinished.length > 0
    if (kept || !(await cleanUpOne(step, options, state))) unfinished.push(step)
  }
  return unfinished
}

/** The signal is a fresh one: the clean-up after an interrupt must not be interrupted by it. */
async function cleanUpOne(step: Step, options: CleanUpOptions, state: RunState): Promise<boolean> {
  const {drivers, target, soFar} = options
  const {cluster} = state
  const end = await withDeadline(drivers.clock, cleanUpSeconds, undefined, (signal) =>
    makeStepRunner({drivers, target, cluster, state, signal, soFar, timeoutSeconds: cleanUpSeconds})(step),
  )
  return end.inTime && end.value.ok
}

/**
 * Those clean-up steps that have something to clean: objects that no started step has applied are not there, and those of a cluster that is gone went
 * with it. Without this a run that fails early would complain of an API that never was.
 */
export function dueSteps<S extends Step>(
  steps: readonly S[],
  plan: Plan,
  {started, gone}: {readonly started: readonly Step[]; readonly gone: boolean},
): readonly S[] {
  const running = new Set(started.map(({id}) => id))
  return steps.filter(({action, ifStarted}) => {
    if (ifStarted && !ifStarted.some((id) => running.has(id))) return false
    if (gone && goesWithCluster.has(action.type)) return false
    if (action.type !== 'delete-objects') return true
    const keys = new Set(action.objects.map(keyOf))
    const makers = plan.steps.filter(
      (step) =>
        step.action.type === 'apply-objects' && step.action.objects.some((object) => keys.has(keyOf(refOf(object)))),
    )
    return makers.length === 0 || makers.some(({id}) => running.has(id))
  })
}

const goesWithCluster: ReadonlySet<ActionType> = new Set<ActionType>([
  'delete-objects',
  'delete-node-files',
  'delete-node-links',
])

function keyOf({
  kind,
  namespace = '',
  name,
}: {
  readonly kind: string
  readonly namespace?: string
  readonly name: string
}): string {
  return `${kind} ${namespace}/${name}`
}
