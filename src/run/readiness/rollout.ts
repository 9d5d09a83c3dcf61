import {judgeRollout} from '../../checks/rollout.ts'
import type {Json} from '../../steps/object.ts'
import {selectorOf} from '../target/observe-workload.ts'
import {makeHopelessFinder} from './hopeless.ts'
import {podFailed} from './pod-failed.ts'
import {describePod} from './pod-trouble.ts'
import type {WaitContext, Waiter} from './wait-context.ts'
import {watchUntil} from './watch-until.ts'

/** Milliseconds between two looks at the workload's pods: for what they say, and for a failure that is certain. */
const podInterval = 2000

/** The workload's roll-out is complete. Its pods are looked at meanwhile: one that can never start ends the wait at once. */
export const rollout: Waiter<'rollout'> = async ({kind, namespace, name}, context) => {
  const over = new AbortController()
  const inner: WaitContext = {...context, signal: AbortSignal.any([context.signal, over.signal])}
  const selected: {labels?: string} = {}
  const watched = {apiVersion: 'apps/v1', kind, namespace, fieldSelector: `metadata.name=${name}`}
  const complete = watchUntil(watched, inner, ([workload]) => {
    if (!workload) return {ready: false, seen: `${kind} ${name} does not exist yet`}
    selected.labels = selectorOf(workload)
    const {complete: ready, summary} = judgeRollout(workload as unknown as Json, {kind, namespace, name})
    return {ready, seen: summary}
  })
  const guarded = guardPods(namespace, () => selected.labels, inner).catch((error: unknown) => {
    if (!over.signal.aborted) throw error
    return false
  })
  try {
    return await Promise.race([complete, guarded])
  } finally {
    over.abort()
    await Promise.allSettled([complete, guarded])
  }
}

/** Never returns: it ends by its signal, or throws pod-failed. */
async function guardPods(namespace: string, labels: () => string | undefined, context: WaitContext): Promise<never> {
  const {drivers, signal} = context
  const findHopeless = makeHopelessFinder(drivers.clock)
  for (;;) {
    await drivers.clock.sleep(podInterval, signal)
    const labelSelector = labels()
    if (labelSelector === undefined) continue
    const kubernetes = await context.kubernetes()
    const pods = await kubernetes
      .list({apiVersion: 'v1', kind: 'Pod', namespace, labelSelector}, signal)
      .catch(() => [])
    const hopeless = findHopeless(pods)
    if (hopeless) throw await podFailed(hopeless, kubernetes, context.context, signal)
    const words = pods.map(describePod).filter((one) => one !== undefined)
    context.seenBeside(words.join('; '))
  }
}
