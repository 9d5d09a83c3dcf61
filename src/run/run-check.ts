import type {Judge} from '../checks/check.ts'
import type {CheckResult, Verdict} from '../steps/check-request.ts'
import type {Json} from '../steps/object.ts'
import {gather, type GatherContext} from './gather.ts'

/** Milliseconds between two looks at what may still settle. */
const interval = 1000

/** Looks, judges, and puts the verdict into its place in the report. A failure that may settle is looked at again; the last look counts. */
export async function runCheck(
  name: string,
  check: Judge,
  subject: Json,
  context: GatherContext,
): Promise<CheckResult> {
  const {clock} = context.drivers
  const startedAt = clock.now()
  const end = startedAt + (check.settleSeconds ?? 0) * 1000
  const look = async (): Promise<Verdict> => check.judge(await gather(check.probes(subject), context), subject)
  let verdict = await look()
  while (verdict.status === 'fail' && clock.now() + interval <= end) {
    await clock.sleep(interval, context.signal)
    verdict = await look()
  }
  const seconds = Math.round(clock.now() - startedAt) / 1000
  return {...verdict, check: name, title: check.title, subject: check.label(subject), seconds}
}
