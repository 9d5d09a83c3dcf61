import type {CheckRequest, Probe, Seen, Verdict} from '../steps/check-request.ts'
import type {StepContext} from './executor.ts'

/** Milliseconds until it is looked again: longer than one answer serves several who ask. */
const between = 1000

/** What another check says of a subject, several times. */
export async function lookAgain(
  {check, subject, looks}: Extract<Probe, {type: 'verdict'}>,
  {drivers, signal, judge}: LookAgainContext,
): Promise<Seen> {
  if (!judge) throw new Error('nobody here judges for another check')
  const verdicts: Verdict[] = []
  while (verdicts.length < looks) {
    if (verdicts.length > 0) await drivers.clock.sleep(between, signal)
    verdicts.push(await judge({check, subject}))
  }
  return {type: 'verdict', verdicts}
}

export interface LookAgainContext extends Pick<StepContext, 'drivers' | 'signal'> {
  /** One look of another check, and what it says of it. */
  judge?(request: CheckRequest): Promise<Verdict>
}
