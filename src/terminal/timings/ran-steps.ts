import {criticalStretches} from '../../run/critical-times.ts'
import type {Outcome, StepOutcome} from '../../run/events.ts'

/** A step that ran. Milliseconds since the run started. */
export interface RanStep extends StepOutcome {
  readonly startedAt: number
  readonly finishedAt: number
  readonly isCritical: boolean
}

/** All steps that ran, those of the clean-up too, in the order in which they began. */
export function ranSteps(outcome: Outcome): readonly RanStep[] {
  const critical = new Set(criticalStretches(outcome).map(({step}) => step))
  return outcome.steps
    .flatMap((step) => {
      const {startedAt, finishedAt} = step
      if (startedAt === undefined || finishedAt === undefined) return []
      return [{...step, startedAt, finishedAt, isCritical: critical.has(step)}]
    })
    .toSorted((one, other) => one.startedAt - other.startedAt)
}

/** The title, and how the step ended where that is not `done`. */
export function titleOf({title, status}: StepOutcome): string {
  return status === 'done' ? title : `${title} (${status})`
}
