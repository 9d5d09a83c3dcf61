import {Problem} from '../../problem.ts'
import type {KubernetesObject} from '../../steps/object.ts'
import {inParallel} from '../in-parallel.ts'
import {podNamespaces} from '../pod-namespaces.ts'
import {type Look, poll} from '../poll.ts'
import {podStatus} from './pod-trouble.ts'
import type {WaitContext, Waiter} from './wait-context.ts'

/** Milliseconds between two looks; one look is a list of pods and a program on each node. */
const interval = 1000

/** Every pod that is to run on these nodes is in a network namespace that has the address which the API has of it. */
export const podsInPlace: Waiter<'pods-in-place'> = ({nodes}, context) =>
  poll(() => look(nodes, context), {
    clock: context.drivers.clock,
    signal: context.signal,
    milliseconds: interval,
    seen: context.seen,
  })

/** The API may be among what has to come back. */
async function look(nodes: readonly string[], context: WaitContext): Promise<Look> {
  try {
    const missing = await missingOn(nodes, context)
    return {ready: missing.length === 0, seen: missing.length === 0 ? 'all pods' : `not back: ${missing.join(', ')}`}
  } catch (error) {
    if (context.signal.aborted || !(error instanceof Problem)) throw error
    return {ready: false, seen: error.data.message}
  }
}

async function missingOn(nodes: readonly string[], context: WaitContext): Promise<readonly string[]> {
  const client = await context.kubernetes()
  const pods = (await client.list({apiVersion: 'v1', kind: 'Pod'}, context.signal)).filter(isToRun)
  const perNode = await inParallel(nodes, async (node) => {
    const spaces = await podNamespaces(context, node)
    if (!spaces) return [`anything on ${node}`]
    const here = pods.filter(({spec}) => (spec as PodSpec).nodeName === node)
    return here
      .filter((pod) => !spaces.some(({addresses}) => addresses.includes(podStatus(pod).podIP ?? '')))
      .map(({metadata}) => metadata.name)
  })
  return perNode.flat()
}

interface PodSpec {
  readonly nodeName?: string
  readonly hostNetwork?: boolean
}

/** One that has ended stays so, one that is ending may be gone already, and one on the node's own network has no namespace. */
function isToRun(pod: KubernetesObject): boolean {
  const {phase} = podStatus(pod)
  const ended = phase === 'Succeeded' || phase === 'Failed' || pod.metadata['deletionTimestamp'] !== undefined
  return !ended && (pod['spec'] as PodSpec).hostNetwork !== true
}
