import type {Check, Judge} from '../checks/check.ts'
import {checkNamed} from '../checks/index.ts'
import type {CheckRequest, CheckResult, Evidence, Verdict} from '../steps/check-request.ts'
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

async function judgeUntilSettled(
  check: Judge | Check,
  request: CheckRequest,
  context: GatherContext,
): Promise<Verdict> {
  const {clock} = context.drivers
  const end = clock.now() + (check.settleSeconds ?? 0) * 1000
  let verdict = await lookAndJudge(check, request, context)
  while (maySettle(verdict) && clock.now() + interval <= end) {
    await clock.sleep(interval, context.signal)
    verdict = await lookAndJudge(check, request, context)
  }
  if (!isUnanswered(verdict)) return verdict
  await clock.sleep(interval, context.signal)
  return lookAndJudge(check, request, context)
}

/** A machine that starts many pods may have no time for a look; that is no reason to give up on it. */
function isUnanswered({status, summary}: Verdict): boolean {
  return status === 'error' && /no answer within \d+ s|did not end in time/.test(summary)
}

async function lookAndJudge(check: Judge | Check, request: CheckRequest, context: GatherContext): Promise<Verdict> {
  const evidence = await lookFor(check, request, context)
  const verdict = check.judge(evidence, request.subject)
  return 'tier' in check && verdict.status === 'error' ? (withoutPod(evidence) ?? verdict) : verdict
}

/**
 * A pod that does not start, or that Multus has not attached, is a finding of one check, and not of every other one that would look into it. Those that
 * want to know look at the pod by the API.
 */
function withoutPod(evidence: Evidence): Verdict | undefined {
  const failed = Object.values(evidence).flatMap((seen) => (seen.type === 'failed' ? [seen] : []))
  const unready = failed.find((seen) => seen.unready !== undefined)?.unready
  if (unready !== undefined) return {status: 'skip', summary: `${unready}${notReady}`}
  const unattached = failed.find((seen) => seen.unattached !== undefined)?.unattached
  return unattached === undefined
    ? undefined
    : {status: 'skip', summary: `${unattached} is not attached: see attach-listed`}
}

const notReady = ' is not Ready: see attach-ready'

function maySettle({status, summary}: Verdict): boolean {
  return status === 'fail' || (status === 'skip' && summary.endsWith(notReady))
}

/** What a check sees. */
export function lookFor(
  check: Judge,
  {subject, lookSeconds, nodePods}: CheckRequest,
  context: GatherContext,
): Promise<Evidence> {
  return gather(check.probes(subject), {
    ...context,
    ...(lookSeconds !== undefined && {lookSeconds}),
    ...(nodePods !== undefined && {nodePods}),
    ...(check.oneByOne !== undefined && {oneByOne: check.oneByOne}),
    judge: async (request) => {
      const other = checkNamed(request.check)
      if (!other) throw new Error(`no check is called ${request.check}`)
      return await lookAndJudge(other, {...request, ...(nodePods !== undefined && {nodePods})}, context)
    },
  })
}

function isWarning(check: Judge | Check): boolean {
  return 'severity' in check && check.severity === 'warning'
}
