import type {Drivers} from '../drivers/ports.ts'
import type {CheckResult} from '../steps/check-request.ts'
import type {Plan, Step, StepId} from '../steps/step.ts'
import {doerOf} from './doer-of.ts'
import type {RunEvent, StepOutcome} from './events.ts'

/** What a run knows of itself, built up from the events that it emits. */
export interface RunState {
  readonly cluster: string
  emit(event: RunEvent): void
  /** Milliseconds since the run started. */
  elapsed(): number
  /** Steps that were started, in order of their start. */
  started(): readonly Step[]
  /** Of those, the steps that did not find their work done. */
  changed(): readonly Step[]
  /** One per step of the plan, then one per clean-up step that was started. */
  stepOutcomes(): readonly StepOutcome[]
  checks(): readonly CheckResult[]
  /** What each step that has not ended well said last: `title: note`. */
  lastNotes(): readonly string[]
}

export function makeRunState(
  plan: Plan,
  {drivers, emit}: {readonly drivers: Drivers; readonly emit: (event: RunEvent) => void},
): RunState {
  const startedAt = drivers.clock.now()
  const outcomes = new Map(plan.steps.map((step) => [step.id, notStarted(step)]))
  const steps = new Map([...plan.steps, ...plan.onFailure, ...plan.always].map((step) => [step.id, step]))
  const notes = new Map<StepId, string>()
  const started: Step[] = []
  const checks: CheckResult[] = []

  const update = (id: StepId, change: Partial<StepOutcome>) => {
    const step = steps.get(id)
    if (step) outcomes.set(id, {...(outcomes.get(id) ?? notStarted(step)), ...change})
  }
  const learn = (event: RunEvent) => {
    if (event.type === 'step-started') {
      const step = steps.get(event.step)
      if (step) started.push(step)
      update(event.step, {startedAt: event.at})
    }
    if (event.type === 'step-note') notes.set(event.step, event.note)
    if (event.type === 'step-finished')
      update(event.step, {status: event.already ? 'already' : 'done', finishedAt: event.at})
    if (event.type === 'step-failed') update(event.step, {status: 'failed', finishedAt: event.at})
    if (event.type === 'step-stopped') update(event.step, {status: 'stopped', finishedAt: event.at})
    if (event.type === 'check-finished') checks.push(event.result)
  }
  const endedWell = (id: StepId) => ['done', 'already'].includes(outcomes.get(id)?.status ?? '')

  return {
    cluster: plan.cluster,
    emit(event) {
      learn(event)
      emit(event)
    },
    elapsed: () => Math.round(drivers.clock.now() - startedAt),
    started: () => started,
    changed: () => started.filter(({id}) => outcomes.get(id)?.status !== 'already'),
    stepOutcomes: () => [...outcomes.values()],
    checks: () => checks,
    lastNotes: () =>
      started
        .filter(({id}) => !endedWell(id))
        .map(({id, title}) => (notes.has(id) ? `${title}: ${notes.get(id)}` : `${title}: still running`)),
  }
}

function notStarted({id, title, action}: Step): StepOutcome {
  return {id, title, doer: doerOf(action), status: 'not-started'}
}
