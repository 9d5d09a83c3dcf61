import type {Check} from '../checks/check.ts'
import type {CheckResult} from '../steps/check-request.ts'
import type {Json} from '../steps/object.ts'
import {gather, type GatherContext} from './gather.ts'

/** Looks, judges, and puts the verdict into its place in the report. */
export async function runCheck(
  name: string,
  check: Check,
  subject: Json,
  context: GatherContext,
): Promise<CheckResult> {
  const {clock} = context.drivers
  const startedAt = clock.now()
  const verdict = check.judge(await gather(check.probes(subject), context), subject)
  const seconds = Math.round(clock.now() - startedAt) / 1000
  return {...verdict, check: name, title: check.title, subject: check.label(subject), seconds}
}
