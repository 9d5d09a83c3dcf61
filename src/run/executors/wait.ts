import {Problem} from '../../problem.ts'
import type {Readiness} from '../../steps/readiness.ts'
import {withDeadline} from '../deadline.ts'
import type {Executor, StepContext} from '../executor.ts'
import {evidenceAtDeadline} from '../readiness/evidence.ts'
import {waitUntil} from '../readiness/index.ts'
import {describeReadiness} from '../readiness/describe.ts'

/** Waits, tells what it sees, and at the deadline says what it last saw. */
export const wait: Executor<'wait'> = async (action, context) => {
  const saw = watchWords(context)
  const seconds = Math.min(action.timeoutSeconds, context.secondsLeft())
  const end = await withDeadline(context.drivers.clock, seconds, context.signal, (signal) =>
    waitUntil(action.for, {...context, kubernetes: () => context.kubernetes(), signal, ...saw}),
  ).catch((error: unknown) => {
    if (action.onTimeout === 'fail' || !isPodFailure(error)) throw error
    context.note(`going on: ${error.data.message}`)
    return {inTime: true, value: false} as const
  })
  if (end.inTime) return {already: end.value}
  if (action.onTimeout === 'fail') throw await timeout(action.for, seconds, saw.last(), context)
  context.note(`not seen within ${Math.round(seconds)} s, going on: ${saw.last()}`)
  return {already: false}
}

/** What follows a wait that may go on looks at the pods itself. */
function isPodFailure(error: unknown): error is Problem {
  return error instanceof Problem && error.data.name === 'pod-failed'
}

/** Keeps what was last seen, and tells it when it changes. */
function watchWords({note}: StepContext) {
  let main = ''
  let beside = ''
  const last = () => [main, beside].filter(Boolean).join('\n') || 'nothing yet'
  const change = (set: () => void) => {
    const before = last()
    set()
    if (last() !== before) note(last().replaceAll('\n', '; '))
  }
  return {
    last,
    seen: (text: string) => change(() => (main = text)),
    seenBeside: (text: string) => change(() => (beside = text)),
  }
}

async function timeout(readiness: Readiness, seconds: number, last: string, context: StepContext): Promise<Problem> {
  const {what, suggestions} = describeReadiness(readiness, context)
  const evidence = await evidenceAtDeadline(readiness, context)
  return new Problem('wait-timeout', {
    message: `Waited ${Math.round(seconds)} s for ${what}`,
    cause: [`Last seen: ${last}`, ...evidence].join('\n'),
    suggestions,
  })
}
