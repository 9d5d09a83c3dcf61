import type {Evidence, Verdict} from '../../steps/check-request.ts'
import type {Json, KubernetesObject} from '../../steps/object.ts'
import type {Check, Stage} from '../check.ts'
import {countAt, listAt, textAt} from '../json-path.ts'
import {ownJob, type OwnPod} from '../own-pod.ts'
import {lacksPlugin} from '../own-start.ts'
import {refusalSubjects} from './refusal.ts'
import {
  plainReason,
  refusalProbes,
  type RefusalSubject,
  secondsUntilRefused,
  type SeenJob,
  seenJob,
  wrongReason,
} from './seen-job.ts'

/** Two pods of one node that want the same address. */
export interface TakingTurns {
  readonly id: `X${string}`
  readonly title: string
  /** Of the job that makes the pods, and the beginning of their names. */
  readonly name: string
  readonly asks: OwnPod['asks']
  /** The network that has one address for them. */
  objects(stage: Stage): readonly KubernetesObject[]
  /** What the event of the second one must say. */
  readonly says: RegExp
}

/** Seconds that each pod keeps the address: long enough for the other to be refused meanwhile. */
const holds = 5

/** A check that one of two pods is refused with a readable reason while the other has the address, and gets it when that one has ended. */
export function takingTurns({id, title, name, asks, objects, says}: TakingTurns): Check<RefusalSubject> {
  return {
    id,
    title,
    tier: 'default',
    severity: 'error',
    needs: ['multus'],
    // The kubelet tries again some ten to fifteen seconds after a refusal.
    settleSeconds: 50,
    subjects: refusalSubjects(id),
    label: ({node}) => node,
    props: ({node}, stage) => [
      ...objects(stage),
      ownJob({name, node, asks, command: ['sleep', String(holds)]}, {pods: 2}, stage),
    ],
    probes: refusalProbes,
    judge: (evidence) => judgeTurns(evidence, {name, says}),
  }
}

function judgeTurns(evidence: Evidence, {name, says}: Pick<TakingTurns, 'name' | 'says'>): Verdict {
  const seen = seenJob(evidence, name)
  if ('status' in seen) return seen
  const {job, refusals} = seen
  const isRight = says.test(textAt(refusals[0], 'message') ?? '')
  const wrong = (isRight ? undefined : lacksPlugin(refusals)) ?? wrongReason(refusals, says)
  if (wrong) return wrong
  if (countAt(job, 'status', 'succeeded') < 2) return unfinished(seen)
  if (refusals.length === 0) return unrefused(seen)
  return {
    status: 'pass',
    summary: `refused after ${secondsUntilRefused(seen)} s: ${plainReason(refusals) ?? ''}; attached when the other had ended`,
  }
}

function unfinished({job, refusals}: SeenJob): Verdict {
  const ended = countAt(job, 'status', 'succeeded')
  if (ended === 1 && refusals.length > 0)
    return {
      status: 'fail',
      summary: 'the other pod has ended, and its address is not free',
      cause: 'the address was not given back: the IPAM plugin keeps what a pod had that is gone',
      fix: 'look at what host-local has on the node: ls /run/cni/networks/*',
    }
  return {
    status: 'fail',
    summary: `${ended} of 2 pods had the address in time`,
    cause: 'the kubelet of the node starts or ends pods too slowly, or Multus does not answer',
    fix: `kubectl -n ${textAt(job, 'metadata', 'namespace')} describe pods`,
  }
}

/** Nobody was refused: both had the address at once, or one after the other because the node was slow. */
function unrefused({pods}: SeenJob): Verdict {
  const [one, other] = pods.map(timesOf)
  const together = one && other && one.from < other.until && other.from < one.until
  return together
    ? {
        status: 'fail',
        summary: 'two pods that need the same address ran at the same time',
        cause: 'the IPAM plugin does not see what the other pod was given, or Multus passes over its refusal',
        fix: 'k8s-local verify --check plugins-present,multus-first',
      }
    : {status: 'skip', summary: 'the two pods ran one after the other: the node is too busy to show it'}
}

function timesOf(pod: Json): {readonly from: number; readonly until: number} {
  const [container] = listAt(pod, 'status', 'containerStatuses')
  const time = (key: string) => Date.parse(textAt(container, 'state', 'terminated', key) ?? '')
  return {from: time('startedAt'), until: time('finishedAt')}
}
