import {Problem} from '../../problem.ts'
import type {KubernetesObject} from '../../steps/object.ts'
import type {Look} from '../poll.ts'
import {attachRefused} from './attach-refused.ts'
import {conditionOf, isTrue} from './conditions.ts'
import {makeHopelessFinder} from './hopeless.ts'
import {podFailed} from './pod-failed.ts'
import {type ContainerTrouble, describePod, podStatus} from './pod-trouble.ts'
import type {Waiter} from './wait-context.ts'
import {watchUntil} from './watch-until.ts'

/**
 * All these pods are Ready. A pod that has ended, or that can never start, ends the wait at once; one that a network refuses, soon. Neither look outlives
 * the other: a watch that goes on would hold up the end of the program.
 */
export const podsReady: Waiter<'pods-ready'> = async (pods, context) => {
  const over = new AbortController()
  const both = {...context, signal: AbortSignal.any([context.signal, over.signal])}
  try {
    return await Promise.race([areReady(pods, both), refusalOnly(attachRefused(pods, both))])
  } finally {
    over.abort()
  }
}

/** Passes on that a pod is refused; that nobody can look for it is no reason to stop waiting. */
async function refusalOnly(refused: Promise<never>): Promise<never> {
  return refused.catch((error: unknown) => {
    if (error instanceof Problem && error.data.name === 'pod-failed') throw error
    return new Promise<never>(() => undefined)
  })
}

const areReady: Waiter<'pods-ready'> = async ({namespace, names}, context) => {
  const findHopeless = makeHopelessFinder(context.drivers.clock)
  const found: {hopeless?: ContainerTrouble} = {}
  const already = await watchUntil({apiVersion: 'v1', kind: 'Pod', namespace}, context, (objects) => {
    const pods = objects.filter(({metadata}) => names.includes(metadata.name))
    const hopeless = findHopeless(pods)
    if (hopeless) found.hopeless = hopeless
    return hopeless ? {ready: true, seen: hopeless.reason} : look(names, pods)
  })
  if (found.hopeless) throw await podFailed(found.hopeless, await context.kubernetes(), context.context, context.signal)
  return already
}

function look(names: readonly string[], pods: readonly KubernetesObject[]): Look {
  const ended = pods.find((pod) => ['Failed', 'Succeeded'].includes(podStatus(pod).phase ?? ''))
  if (ended)
    throw new Problem('pod-failed', {
      message: `Pod ${ended.metadata.namespace}/${ended.metadata.name} has ended: ${podStatus(ended).phase}`,
    })
  const there = new Map(pods.map((pod) => [pod.metadata.name, pod]))
  const words = names.map((name) => {
    const pod = there.get(name)
    return pod ? describePod(pod) : `${name}: does not exist`
  })
  const missing = words.filter((one) => one !== undefined)
  const ready = names.every((name) =>
    isTrue(there.get(name) && conditionOf(there.get(name) as KubernetesObject, 'Ready')),
  )
  return {ready, seen: missing.join('; ') || `all ${names.length} pods Ready`}
}
