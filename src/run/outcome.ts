import type {CheckResult} from '../steps/check-request.ts'
import type {Ending, Plan} from '../steps/step.ts'
import {criticalPath} from './critical-path.ts'
import type {Outcome, StepOutcome} from './events.ts'
import type {RunState} from './run-state.ts'

export type RunEnd = Pick<Outcome, 'problem' | 'leftBehind'> & {readonly status: Ending}

/** How the steps have ended that nothing broke off. */
export function endingOf(checks: readonly CheckResult[]): Ending {
  if (checks.some(({status}) => status === 'fail')) return 'checks-failed'
  return checks.some(({status}) => status === 'error') ? 'checks-unjudged' : 'done'
}

/** The document of a run. `done` becomes `already` when every step that does more than prove found its work done, and when there was none to do. */
export function makeOutcome(plan: Plan, state: RunState, end: RunEnd): Outcome {
  const steps = state.stepOutcomes()
  const diagnosis = diagnosisOf(plan, steps)
  return {
    title: plan.title,
    cluster: plan.cluster,
    ...end,
    status: end.status === 'done' && allWasDone(plan, steps) ? 'already' : end.status,
    seconds: state.elapsed() / 1000,
    steps,
    criticalPath: criticalPath(plan.steps, steps),
    checks: state.checks(),
    ...(diagnosis !== undefined && {diagnosis}),
  }
}

/** The folder that a step of this run has filled. */
function diagnosisOf({always}: Plan, outcomes: readonly StepOutcome[]): string | undefined {
  const done = new Set(outcomes.flatMap(({id, status}) => (status === 'done' ? [id] : [])))
  return always.flatMap(({id, action}) =>
    action.type === 'collect-diagnosis' && done.has(id) ? [action.folder] : [],
  )[0]
}

function allWasDone(plan: Plan, outcomes: readonly StepOutcome[]): boolean {
  if (plan.steps.length === 0) return true
  const ids = new Set(plan.steps.filter(({proof}) => !proof).map(({id}) => id))
  const main = outcomes.filter(({id}) => ids.has(id))
  return main.length > 0 && main.every(({status}) => status === 'already')
}
