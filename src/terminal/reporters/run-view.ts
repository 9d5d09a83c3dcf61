import type {RunEvent} from '../../run/events.ts'
import type {Plan, Step} from '../../steps/step.ts'
import {bytesText} from '../amounts.ts'

/** What is known of a run from the events so far: what a reporter shows. */
export interface RunView {
  readonly title: string
  readonly steps: readonly StepView[]
}

export interface StepView {
  readonly step: Step
  /** One of the plan's `onFailure` and `always` steps. */
  readonly cleanUp: boolean
  readonly status: 'waiting' | 'running' | 'done' | 'already' | 'failed' | 'stopped'
  /** Milliseconds since the run started. */
  readonly startedAt: number
  readonly finishedAt: number
  /** What it looks at now, or how far it is; empty when it has not said. */
  readonly note: string
}

export const emptyView: RunView = {title: '', steps: []}

/** The view after one more event. */
export function follow(view: RunView, event: RunEvent): RunView {
  switch (event.type) {
    case 'run-started':
      return {title: event.plan.title, steps: waitingSteps(event.plan)}
    case 'step-started':
      return change(view, event.step, {status: 'running', startedAt: event.at})
    case 'step-progress':
      return change(view, event.step, {note: progressText(event)})
    case 'step-note':
      return change(view, event.step, {note: event.note})
    case 'step-finished':
      return change(view, event.step, {status: event.already ? 'already' : 'done', finishedAt: event.at})
    case 'step-failed':
      return change(view, event.step, {status: 'failed', finishedAt: event.at, note: event.problem.message})
    case 'step-stopped':
      return change(view, event.step, {status: 'stopped', finishedAt: event.at})
    case 'check-finished':
      return change(view, event.step, {note: event.result.summary})
    case 'run-finished':
      return view
  }
}

/** `1.5 GB of 2.0 GB`, `2 of 3 nodes`. */
export function progressText({done, total, unit}: Extract<RunEvent, {type: 'step-progress'}>): string {
  const amount = (count: number) => (unit === 'bytes' ? bytesText(count) : String(count))
  const suffix = unit === 'bytes' ? '' : ` ${unit}`
  return total === undefined ? `${amount(done)}${suffix}` : `${amount(done)} of ${amount(total)}${suffix}`
}

function waitingSteps(plan: Plan): readonly StepView[] {
  const waiting = (cleanUp: boolean) => (step: Step) =>
    ({step, cleanUp, status: 'waiting', startedAt: 0, finishedAt: 0, note: ''}) as const
  return [...plan.steps.map(waiting(false)), ...[...plan.onFailure, ...plan.always].map(waiting(true))]
}

function change(view: RunView, id: string, news: Partial<StepView>): RunView {
  return {...view, steps: view.steps.map((one) => (one.step.id === id ? {...one, ...news} : one))}
}
