import type {Evidence, Probe, Verdict} from '../../steps/check-request.ts'
import type {Json} from '../../steps/object.ts'
import {explainAttachFailure} from '../attach-causes.ts'
import {listAt, textAt} from '../json-path.ts'
import {couldNotLook, jsonOf} from '../seen.ts'

/** Where the pods of a refusal are. */
export type RefusalSubject = {readonly namespace: string; readonly node: string}

/** The same questions for all checks of the group, so that one answer serves them all. */
export function refusalProbes({namespace}: RefusalSubject): Readonly<Record<'jobs' | 'pods' | 'events', Probe>> {
  return {
    jobs: {type: 'api', path: `/apis/batch/v1/namespaces/${namespace}/jobs`},
    pods: {type: 'api', path: `/api/v1/namespaces/${namespace}/pods?labelSelector=job-name`},
    events: {type: 'api', path: `/api/v1/namespaces/${namespace}/events`},
  }
}

export interface SeenJob {
  readonly job: Json
  readonly pods: readonly Json[]
  /** Refusals of its pods, oldest first. */
  readonly refusals: readonly Json[]
  /** Whether a container of them has ever run. */
  readonly hasRun: boolean
}

/** What was seen of one job, its pods, and the refusals of them, those of deleted ones too. */
export function seenJob(evidence: Evidence, name: string): SeenJob | Verdict {
  const [jobs, pods, events] = [jsonOf(evidence, 'jobs'), jsonOf(evidence, 'pods'), jsonOf(evidence, 'events')]
  if ('missing' in jobs) return couldNotLook(`the job ${name}`, jobs)
  if ('missing' in pods) return couldNotLook(`the pods of ${name}`, pods)
  if ('missing' in events) return couldNotLook(`the events of ${name}`, events)
  const job = listAt(jobs.value, 'items').find((one) => textAt(one, 'metadata', 'name') === name)
  if (job === undefined) return couldNotLook(`the job ${name}`, {missing: 'it does not exist'})
  const own = listAt(events.value, 'items').filter((event) =>
    textAt(event, 'involvedObject', 'name')?.startsWith(`${name}-`),
  )
  return {
    job,
    hasRun: own.some((event) => textAt(event, 'reason') === 'Started'),
    pods: listAt(pods.value, 'items').filter((pod) => textAt(pod, 'metadata', 'labels', 'job-name') === name),
    refusals: own
      .filter((event) => textAt(event, 'reason') === 'FailedCreatePodSandBox')
      .filter((event) => !passing.test(textAt(event, 'message') ?? ''))
      .toSorted((one, other) => timeOf(one) - timeOf(other)),
  }
}

/** What a busy node says before it comes to the pod's networks: Multus does not wait long for the API, and the kubelet tries again (seen with 4.3.0). */
const passing = /error (?:waiting for pod|getting pod): .*(?:deadline exceeded|timeout)/i

/** Seconds from the job's start until the first of these refusals. */
export function secondsUntilRefused({job, refusals}: SeenJob): number {
  const [first] = refusals
  const started = Date.parse(textAt(job, 'status', 'startTime') ?? '')
  return first === undefined || Number.isNaN(started) ? 0 : Math.max(0, Math.round((timeOf(first) - started) / 1000))
}

/** A refusal that says something else than it should, as a verdict. */
export function wrongReason(refusals: readonly Json[], says: RegExp): Verdict | undefined {
  const messages = refusals.map((event) => textAt(event, 'message') ?? '')
  const other = messages.find((message) => !says.test(message))
  if (other === undefined) return undefined
  const explained = explainAttachFailure(other)
  return {
    status: 'fail',
    summary: `the pod is refused for another reason${explained ? `: ${explained.cause}` : ''}`,
    evidence: [other.slice(-600)],
    ...explained,
  }
}

/** What a refusal means, in plain words. */
export function plainReason(refusals: readonly Json[]): string | undefined {
  return explainAttachFailure(textAt(refusals[0], 'message') ?? '')?.cause
}

function timeOf(event: Json): number {
  return Date.parse(textAt(event, 'firstTimestamp') ?? textAt(event, 'eventTime') ?? '') || 0
}
