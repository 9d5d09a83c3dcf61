import type {Check, Judge} from '../checks/check.ts'
import type {CheckRequest, CheckResult, Verdict} from '../steps/check-request.ts'
import {gather, type GatherContext} from './gather.ts'

/** Milliseconds between two looks at what may still settle. */
const interval = 1000

/** Looks, judges, and puts the verdict into its place in the report. A failure that may settle is looked at again; the last look counts. */
export async function runCheck(
  check: Judge | Check,
  request: CheckRequest,
  context: GatherContext,
): Promise<CheckResult> {
  const {subject, skip} = request
  const {clock} = context.drivers
  const startedAt = clock.now()
  const verdict =
    skip === undefined ? await judgeUntilSettled(check, request, context) : ({status: 'skip', summary: skip} as const)
  const seconds = Math.round(clock.now() - startedAt) / 1000
  return {
    ...(isWarning(check) && verdict.status === 'fail' ? {...verdict, status: 'warn'} : verdict),
    check: request.check,
    title: check.title,
    subject: skip === undefined ? check.label(subject) : '',
    seconds,
    ...('tier' in check && {id: check.id, tier: check.tier, severity: check.severity}),
  }
}

async function judgeUntilSettled(check: Judge, request: CheckRequest, context: GatherContext): Promise<Verdict> {
  const {clock} = context.drivers
  const {subject, lookSeconds} = request
  const end = clock.now() + (check.settleSeconds ?? 0) * 1000
  const look = async (): Promise<Verdict> =>
    check.judge(
      await gather(check.probes(subject), {...context, ...(lookSeconds !== undefined && {lookSeconds})}),
      subject,
    )
  let verdict = await look()
  while (verdict.status === 'fail' && clock.now() + interval <= end) {
    await clock.sleep(interval, context.signal)
    verdict = await look()
  }
  return verdict
}

function isWarning(check: Judge | Check): boolean {
  return 'severity' in check && check.severity === 'warning'
}
