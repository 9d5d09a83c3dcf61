import type {Evidence, Verdict} from '../../steps/check-request.ts'
import type {KubernetesObject} from '../../steps/object.ts'
import type {Check, Scene, Stage} from '../check.ts'
import {countAt, listAt, textAt} from '../json-path.ts'
import {ownJob, type OwnPod} from '../own-pod.ts'
import {lacksPlugin} from '../own-start.ts'
import {
  plainReason,
  refusalProbes,
  type RefusalSubject,
  secondsUntilRefused,
  type SeenJob,
  seenJob,
  wrongReason,
} from './seen-job.ts'

/** A pod that must not start, and what has to be said of it. */
export interface Refusal {
  readonly id: `X${string}`
  readonly title: string
  /** Of the job that makes the pod, and the beginning of the pod's own name. */
  readonly name: string
  readonly asks: OwnPod['asks']
  /** What it asks for, such as the wrong NetworkAttachmentDefinition. */
  objects(stage: Stage): readonly KubernetesObject[]
  /** What the event must say. */
  readonly says: RegExp
  /** Why nothing of the kind is made here, in a sentence without a full stop. */
  skip?(scene: Scene): string | undefined
}

/** Seconds in which the refusal must be told. */
const within = 15

/** Seconds after which the pod is deleted, which must work too. A busy node needs a second attempt to come to the pod's networks. */
const deletedAfter = 25

/** A check that a pod is refused with a readable reason, that it can be deleted, and that nothing else is said, such as that its addresses are gone. */
export function refusal({id, title, name, asks, objects, says, skip}: Refusal): Check<RefusalSubject> {
  return {
    id,
    title,
    tier: 'default',
    severity: 'error',
    needs: ['multus'],
    settleSeconds: deletedAfter + 30,
    subjects: (scene) => {
      const reason = skip?.(scene)
      return reason === undefined ? refusalSubjects(id)(scene) : {skip: reason}
    },
    label: ({node}) => node,
    props: ({node}, stage) => [
      ...objects(stage),
      ownJob({name, node, asks}, {pods: 1, endsAfter: deletedAfter}, stage),
    ],
    probes: refusalProbes,
    judge: (evidence) => judgeRefusal(evidence, {name, says}),
  }
}

/** Pods that are refused again and again cost their node something: they are spread over the nodes. */
export function refusalSubjects(id: string): (scene: Scene) => readonly RefusalSubject[] {
  return ({namespace, pods}) => {
    const nodes = [...new Set(pods.map(({node}) => node))]
    const node = nodes[Number(id.slice(1)) % nodes.length]
    return node === undefined ? [] : [{namespace, node}]
  }
}

function judgeRefusal(evidence: Evidence, {name, says}: Pick<Refusal, 'name' | 'says'>): Verdict {
  const seen = seenJob(evidence, name)
  if ('status' in seen) return seen
  const {job, refusals, hasRun} = seen
  if (hasRun || countAt(job, 'status', 'ready') > 0) return startsAfterAll
  const over = listAt(job, 'status', 'conditions').some((one) => textAt(one, 'type') === 'Failed')
  if (refusals.length === 0) return nothingSaid(over)
  const isRight = says.test(textAt(refusals[0], 'message') ?? '')
  return (
    (isRight ? undefined : lacksPlugin(refusals)) ??
    wrongReason(refusals, says) ??
    notRemoved(seen, over) ??
    understood(seen)
  )
}

const startsAfterAll: Verdict = {
  status: 'fail',
  summary: 'the pod starts, though it cannot have what it asks for',
  cause: 'whoever runs it does not learn that a network is missing: Multus, or a plugin, passes over the failure',
  fix: 'k8s-local verify --check multus-first,multus-ready',
}

function nothingSaid(over: boolean): Verdict {
  return {
    // Nobody has been asked yet: that is no refusal without a reason, but a node without time for the pod.
    status: over ? 'warn' : 'fail',
    summary: over
      ? `nothing said within ${deletedAfter} s why the pod does not start`
      : 'nothing says yet why the pod does not start',
    cause: 'the kubelet has not asked the runtime for the pod, or Multus does not answer',
  }
}

function notRemoved({job, pods}: SeenJob, over: boolean): Verdict | undefined {
  const [pod] = pods
  if (over && !pod) return undefined
  return {
    status: 'fail',
    summary: over
      ? `the refused pod cannot be deleted: ${textAt(pod, 'metadata', 'name')}`
      : 'the refused pod has not been deleted yet',
    cause: 'its node does not end it: a plugin fails to take away what it never gave',
    fix: `kubectl -n ${textAt(job, 'metadata', 'namespace')} describe pods`,
  }
}

function understood(seen: SeenJob): Verdict {
  const reason = plainReason(seen.refusals)
  const message = textAt(seen.refusals[0], 'message') ?? ''
  if (reason === undefined)
    return {status: 'fail', summary: 'the refusal is one that nobody explains', evidence: [message.slice(-600)]}
  const seconds = secondsUntilRefused(seen)
  return {
    status: seconds > within ? 'warn' : 'pass',
    summary: `refused after ${seconds} s: ${reason}; then removed`,
    ...(seconds > within && {cause: `it should be said within ${within} s: the node is busy, or Multus is slow`}),
  }
}
