import type {Probe, Seen, StartTime} from '../steps/check-request.ts'
import {type KubernetesObject, refOf} from '../steps/object.ts'
import {withDeadline} from './deadline.ts'
import type {GatherContext} from './gather.ts'
import {inParallel} from './in-parallel.ts'
import {poll} from './poll.ts'
import {conditionOf, isTrue} from './readiness/conditions.ts'

/** Seconds that one pod may take to start, and to end: the kubelet gives up a sandbox after four minutes, and a start that takes so long is none. */
export const slowStart = 15

/** Calls at once: Node warns of more than ten listeners on one signal. */
const atOnce = 4

/** Seconds in which all must be gone. */
const goneSeconds = 60

/** The kubelet notices what the runtime has done once a second (its pod lifecycle event generator). Pods that begin at every part of that second show it on average. */
const kubeletSecond = 1000
const goldenRatio = 0.618

/** Times pods one after another, by a watch, for the times in a pod's own conditions are whole seconds; then deletes them. */
export async function startTimes({pods}: Extract<Probe, {type: 'start-times'}>, context: GatherContext): Promise<Seen> {
  const times: StartTime[] = []
  for (const [index, pod] of pods.entries()) {
    await context.drivers.clock.sleep(((index * goldenRatio) % 1) * kubeletSecond, context.signal)
    times.push(await timeOne(pod, context))
  }
  await deleteAll(pods, context)
  return {type: 'start-times', pods: times}
}

async function timeOne(
  pod: KubernetesObject,
  {kubernetes, drivers: {clock}, signal}: GatherContext,
): Promise<StartTime> {
  const {namespace = 'default', name} = pod.metadata
  const client = await kubernetes()
  const seen: {sandbox: number | null; ready: number | null} = {sandbox: null, ready: null}
  const begun = clock.now()
  const elapsed = () => Math.round(clock.now() - begun) / 1000
  await client.apply(pod, {signal})
  const watched = {apiVersion: 'v1', kind: 'Pod', namespace, fieldSelector: `metadata.name=${name}`}
  await withDeadline(clock, slowStart, signal, (inner) =>
    client.watch(
      watched,
      ([now]) => {
        if (now && isTrue(conditionOf(now, 'PodReadyToStartContainers'))) seen.sandbox ??= elapsed()
        if (now && isTrue(conditionOf(now, 'Ready'))) seen.ready ??= elapsed()
        return seen.ready !== null
      },
      inner,
    ),
  )
  return {pod: name, ...seen}
}

/** Ends of pods take time, for their addresses are given back: what follows must not be slowed by that. */
async function deleteAll(
  pods: readonly KubernetesObject[],
  {kubernetes, drivers: {clock}, signal}: GatherContext,
): Promise<void> {
  const client = await kubernetes()
  const refs = pods.map(refOf)
  await inParallel(refs, (ref) => client.delete(ref, {graceSeconds: 1, signal}), atOnce)
  await withDeadline(clock, goneSeconds, signal, (inner) =>
    poll(
      async () => {
        const left = await inParallel(refs, (ref) => client.read(ref, inner), atOnce)
        return {ready: left.every((one) => one === undefined), seen: ''}
      },
      {clock, signal: inner, milliseconds: 500, seen: () => undefined},
    ),
  )
}
