import type {CheckResult} from '../steps/check-request.ts'
import type {Plan} from '../steps/step.ts'
import {criticalPath} from './critical-path.ts'
import type {Outcome, StepOutcome} from './events.ts'
import type {RunState} from './run-state.ts'

export type Ending = Pick<Outcome, 'problem' | 'leftBehind'> & {readonly status: 'done' | 'failed' | 'interrupted'}

/** The document of a run. `done` becomes `already` when every step that does more than prove found its work done, and `checks-failed` when a check failed. */
export function makeOutcome(plan: Plan, state: RunState, ending: Ending): Outcome {
  const steps = state.stepOutcomes()
  const checks = state.checks()
  return {
    title: plan.title,
    cluster: plan.cluster,
    ...ending,
    status: ending.status === 'done' ? statusOf(plan, steps, checks) : ending.status,
    seconds: state.elapsed() / 1000,
    steps,
    criticalPath: criticalPath(plan.steps, steps),
    checks,
  }
}

function statusOf(plan: Plan, outcomes: readonly StepOutcome[], checks: readonly CheckResult[]): Outcome['status'] {
  if (checks.some(({status}) => status === 'fail' || status === 'error')) return 'checks-failed'
  const ids = new Set(plan.steps.filter(({proof}) => !proof).map(({id}) => id))
  const main = outcomes.filter(({id}) => ids.has(id))
  return main.length > 0 && main.every(({status}) => status === 'already') ? 'already' : 'done'
}
