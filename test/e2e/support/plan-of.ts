import type {RunEvent} from '../../../src/run/events.ts'
import type {Plan} from '../../../src/steps/step.ts'

/** The plan with which a run that told its progress started. Throws where it did not start. */
export function planOf(events: readonly RunEvent[]): Plan {
  const started = events.find((event) => event.type === 'run-started')
  if (started?.type !== 'run-started') throw new Error('the run did not start')
  return started.plan
}
