import type {KubernetesDriver} from '../../drivers/ports.ts'
import type {KubernetesObject} from '../../steps/object.ts'
import {withDeadline} from '../deadline.ts'
import type {Executor, StepContext} from '../executor.ts'
import {inParallel} from '../in-parallel.ts'
import {poll} from '../poll.ts'
import {conditionOf, isTrue} from '../readiness/conditions.ts'
import {selectorOf} from '../target/observe-workload.ts'

/** Seconds until others must be Ready. What looks after a restart says what came of it, so the time is short and its end no failure. */
const readySeconds = 120
const interval = 500

/** Deletions at once: Node warns of more than ten listeners on one signal. */
const atOnce = 4

/** The workload's pods, all or those of one node, are others than before, and as many of them are Ready. */
export const restartPods: Executor<'restart-pods'> = async ({kind, namespace, name, node}, context) => {
  const kubernetes = await context.kubernetes()
  const {signal} = context
  const workload = await kubernetes.read({apiVersion: 'apps/v1', kind, namespace, name}, signal)
  if (!workload) {
    context.note(`${kind} ${namespace}/${name} does not exist`)
    return {already: true}
  }
  const pods = async () => podsOf(kubernetes, {workload, node, signal})
  const before = await pods()
  await inParallel(
    before,
    ({metadata}) => kubernetes.delete({apiVersion: 'v1', kind: 'Pod', namespace, name: metadata.name}, {signal}),
    atOnce,
  )
  await untilReplaced(before, pods, context)
  return {already: before.length === 0}
}

async function podsOf(
  kubernetes: KubernetesDriver,
  {
    workload,
    node,
    signal,
  }: {readonly workload: KubernetesObject; readonly node: string | undefined; readonly signal: AbortSignal},
): Promise<readonly KubernetesObject[]> {
  const {namespace = 'default'} = workload.metadata
  const labelSelector = selectorOf(workload)
  const all = await kubernetes.list({apiVersion: 'v1', kind: 'Pod', namespace, labelSelector}, signal)
  return node === undefined ? all : all.filter((pod) => nodeOf(pod) === node)
}

async function untilReplaced(
  before: readonly KubernetesObject[],
  pods: () => Promise<readonly KubernetesObject[]>,
  {drivers: {clock}, signal, note, secondsLeft}: StepContext,
): Promise<void> {
  const old = new Set(before.map(uidOf))
  const seconds = Math.min(readySeconds, secondsLeft())
  const end = await withDeadline(clock, seconds, signal, (inner) =>
    poll(
      async () => {
        const now = await pods()
        const fresh = now.filter((pod) => !old.has(uidOf(pod)) && isTrue(conditionOf(pod, 'Ready')))
        const gone = now.every((pod) => !old.has(uidOf(pod)))
        return {ready: gone && fresh.length >= before.length, seen: `${fresh.length} of ${before.length} Ready again`}
      },
      {clock, signal: inner, milliseconds: interval, seen: note},
    ),
  )
  if (!end.inTime) note(`not all Ready again within ${Math.round(seconds)} s, going on`)
}

function uidOf({metadata}: KubernetesObject): string {
  return (metadata as {readonly uid?: string}).uid ?? metadata.name
}

function nodeOf(pod: KubernetesObject): string | undefined {
  return (pod['spec'] as {readonly nodeName?: string} | undefined)?.nodeName
}
