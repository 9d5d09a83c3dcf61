import type {Clock} from '../../drivers/ports.ts'
import type {RunEvent} from '../../run/events.ts'
import type {Step} from '../../steps/step.ts'
import type {Sink} from '../surroundings.ts'
import {countText, secondsText} from '../amounts.ts'
import type {Reporter} from './reporter.ts'
import {emptyView, follow} from './run-view.ts'

const heartbeatMilliseconds = 30_000

/** A line when a step starts and one when it ends, and every 30 s what each running step is waiting for: for logs and pipes. */
export function linesReporter(sink: Sink, clock: Clock): Reporter {
  let view = emptyView
  let startedAt = clock.now()
  const ended = new AbortController()
  const line = (at: number, word: string, text: string): void =>
    void sink.write(`${secondsText(at).padStart(11)}  ${word.padEnd(7)} ${text}\n`)
  const beat = (): void => {
    const now = clock.now() - startedAt
    for (const {step, startedAt: since, note} of view.steps.filter(({status}) => status === 'running')) {
      line(now, 'still', `${step.title}, for ${secondsText(now - since)}${note ? `: ${note}` : ''}`)
    }
  }
  return {
    emit: (event) => {
      if (event.type === 'run-started') startedAt = clock.now()
      if (event.type === 'run-started') void repeat(beat, clock, ended.signal)
      view = follow(view, event)
      const told = tell(event, (id) => view.steps.find(({step}) => step.id === id)?.step)
      if (told) line(told.at ?? clock.now() - startedAt, told.word, told.text)
    },
    notice: (text) => void sink.write(`${text}\n`),
    close: async () => ended.abort(),
  }
}

interface Told {
  readonly at?: number
  readonly word: string
  readonly text: string
}

function tell(event: RunEvent, stepOf: (id: string) => Step | undefined): Told | undefined {
  const titleOf = (id: string): string => stepOf(id)?.title ?? id
  switch (event.type) {
    case 'run-started':
      return {at: 0, word: 'run', text: `${event.plan.title} (${countText(event.plan.steps.length, 'step')})`}
    case 'step-started':
      return {at: event.at, word: 'start', text: titleOf(event.step)}
    case 'step-finished':
      // The verdict of a check is its end.
      if (stepOf(event.step)?.action.type === 'check') return undefined
      return {at: event.at, word: event.already ? 'already' : 'done', text: titleOf(event.step)}
    case 'step-failed':
      return {at: event.at, word: 'failed', text: `${titleOf(event.step)}: ${event.problem.message}`}
    case 'step-stopped':
      return {at: event.at, word: 'stopped', text: titleOf(event.step)}
    case 'check-finished':
      return {
        word: event.result.status,
        text: `${event.result.title}${event.result.subject ? ` (${event.result.subject})` : ''}: ${event.result.summary}`,
      }
    case 'run-finished':
      return {word: 'end', text: `${event.outcome.title}: ${event.outcome.status}`}
    case 'step-progress':
    case 'step-note':
      return undefined
  }
}

async function repeat(beat: () => void, clock: Clock, signal: AbortSignal): Promise<void> {
  try {
    for (;;) {
      await clock.sleep(heartbeatMilliseconds, signal)
      beat()
    }
  } catch {
    // The clock's only failure is the abort that ends this loop.
  }
}
