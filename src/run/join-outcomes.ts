import type {Outcome, StepOutcome} from './events.ts'

/** Two runs, one after the other, as one: what both did, and how the second ended. */
export function joinOutcomes(first: Outcome, second: Outcome): Outcome {
  const later = Math.round(first.seconds * 1000)
  return {
    ...second,
    status: second.status === 'already' && first.status === 'done' ? 'done' : second.status,
    seconds: first.seconds + second.seconds,
    steps: [...first.steps, ...second.steps.map((step) => moved(step, later))],
    criticalPath: [...first.criticalPath, ...second.criticalPath],
  }
}

function moved(step: StepOutcome, later: number): StepOutcome {
  const {startedAt, finishedAt} = step
  return {
    ...step,
    ...(startedAt !== undefined && {startedAt: startedAt + later}),
    ...(finishedAt !== undefined && {finishedAt: finishedAt + later}),
  }
}
