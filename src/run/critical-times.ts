import type {Doer} from './doer-of.ts'
import type {Outcome, StepOutcome} from './events.ts'

/** A part of the time that the critical path took. Milliseconds since the run started. */
export interface Stretch {
  readonly from: number
  readonly to: number
  readonly doer: Doer
  /** Absent: nothing of the path ran, for we had not started its next step yet. */
  readonly step?: StepOutcome
}

/** How long somebody worked on the critical path. */
export interface Share {
  readonly doer: Doer
  readonly milliseconds: number
  /** Of the whole path, 0 to 1. */
  readonly share: number
}

/**
 * The critical path from the start of the run to the end of its last step, without a hole: a step, or the time between two steps, which is ours. Ids that a
 * second round has again (see joinOutcomes) are those of steps that start later.
 */
export function criticalStretches({steps, criticalPath}: Pick<Outcome, 'steps' | 'criticalPath'>): readonly Stretch[] {
  const stretches: Stretch[] = []
  let end = 0
  for (const id of criticalPath) {
    const step = steps.find((one) => one.id === id && (one.startedAt ?? -1) >= end && one.finishedAt !== undefined)
    if (step?.startedAt === undefined || step.finishedAt === undefined) continue
    if (step.startedAt > end) stretches.push({from: end, to: step.startedAt, doer: 'k8s-local'})
    stretches.push({from: step.startedAt, to: step.finishedAt, doer: step.doer, step})
    end = step.finishedAt
  }
  return stretches
}

/** Who worked on the critical path and how long, longest first; what we did ourselves is always among them. Empty when nothing ran. */
export function criticalShares(outcome: Pick<Outcome, 'steps' | 'criticalPath'>): readonly Share[] {
  const stretches = criticalStretches(outcome)
  const total = stretches.at(-1)?.to ?? 0
  if (stretches.length === 0) return []
  const sums = new Map<Doer, number>([['k8s-local', 0]])
  for (const {doer, from, to} of stretches) sums.set(doer, (sums.get(doer) ?? 0) + to - from)
  return [...sums]
    .map(([doer, milliseconds]) => ({doer, milliseconds, share: total === 0 ? 0 : milliseconds / total}))
    .toSorted((one, other) => other.milliseconds - one.milliseconds)
}
