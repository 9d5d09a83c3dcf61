import type {Clock} from '../drivers/ports.ts'
import type {Step, StepId} from '../steps/step.ts'

/** Why a schedule ended before all steps were done. */
export type Failure =
  | {readonly by: 'step'; readonly error: unknown}
  | {readonly by: 'interrupt'}
  | {readonly by: 'deadline'}

export interface ScheduleOptions {
  readonly clock: Clock
  /** Somebody wants the run to end. */
  readonly interrupt: AbortSignal
  /** Aborted by the schedule: tells the running steps to end. */
  readonly stop: AbortController
  readonly timeoutSeconds: number
}

/** Seconds that stopped steps get to end before the run goes on without them. */
const graceSeconds = 20

/**
 * Starts every step as soon as all that it comes after are done. `runStep` never rejects: it returns what went wrong. Returns the first failure once
 * every started step has ended; undefined when all steps are done. Throws for a graph that can never be finished: such a plan is a bug.
 */
export async function schedule(
  steps: readonly Step[],
  runStep: (step: Step) => Promise<StepEnd>,
  {clock, interrupt, stop, timeoutSeconds}: ScheduleOptions,
): Promise<Failure | undefined> {
  const waiting = new Set(steps)
  const done = new Set<StepId>()
  const running = new Map<StepId, Promise<void>>()
  let failure: Failure | undefined

  const fail = (why: Failure) => {
    failure ??= why
    stop.abort()
  }
  const start = (step: Step) => {
    waiting.delete(step)
    const ended = runStep(step).then((end) => {
      running.delete(step.id)
      if (end.ok) done.add(step.id)
      else fail({by: 'step', error: end.error})
    })
    running.set(step.id, ended)
  }

  const over = new AbortController()
  const interrupted = untilAborted(interrupt, over.signal).then(() => !over.signal.aborted && fail({by: 'interrupt'}))
  const late = clock.sleep(timeoutSeconds * 1000, over.signal).then(
    () => fail({by: 'deadline'}),
    () => undefined,
  )
  try {
    while (!failure) {
      if (interrupt.aborted) fail({by: 'interrupt'})
      else for (const step of [...waiting].filter(({after}) => after.every((id) => done.has(id)))) start(step)
      if (running.size === 0) break
      await Promise.race([interrupted, late, ...running.values()])
    }
    if (!failure && waiting.size > 0)
      throw new Error(`Steps that can never start: ${[...waiting].map(({id}) => id).join(', ')}`)
    if (failure)
      await Promise.race([
        Promise.all(running.values()),
        clock.sleep(graceSeconds * 1000, over.signal).catch(() => undefined),
      ])
    return failure
  } finally {
    over.abort()
  }
}

export type StepEnd = {readonly ok: true} | {readonly ok: false; readonly error: unknown}

/** Resolves when the signal aborts, or when `over` does. */
function untilAborted(signal: AbortSignal, over: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve(), {once: true, signal: over})
    over.addEventListener('abort', () => resolve(), {once: true})
  })
}
