import type {Step, StepId} from '../steps/step.ts'
import type {StepOutcome} from './events.ts'

/**
 * The chain of steps that decided how long the run took, first to last: from the step that finished last, back along whichever of the steps it came
 * after finished last. Steps that did not finish well are left out.
 */
export function criticalPath(steps: readonly Step[], outcomes: readonly StepOutcome[]): readonly StepId[] {
  const finished = new Map(
    outcomes
      .filter(({status}) => status === 'done' || status === 'already')
      .map((one) => [one.id, one.finishedAt ?? 0]),
  )
  const after = new Map(steps.map((step) => [step.id, step.after]))
  const path: StepId[] = []
  let next = last(
    steps.map(({id}) => id),
    finished,
  )
  while (next !== undefined && !path.includes(next)) {
    path.unshift(next)
    next = last(after.get(next) ?? [], finished)
  }
  return path
}

function last(ids: readonly StepId[], finished: ReadonlyMap<StepId, number>): StepId | undefined {
  const known = ids.filter((id) => finished.has(id))
  return known.reduce<StepId | undefined>(
    (best, id) => (best === undefined || (finished.get(id) ?? 0) > (finished.get(best) ?? 0) ? id : best),
    undefined,
  )
}
