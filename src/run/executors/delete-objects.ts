import type {KubernetesDriver} from '../../drivers/ports.ts'
import {Problem} from '../../problem.ts'
import {type ObjectRef, refOf} from '../../steps/object.ts'
import {withDeadline} from '../deadline.ts'
import type {Executor, StepContext} from '../executor.ts'
import {inParallel} from '../in-parallel.ts'
import {poll} from '../poll.ts'

/** Seconds a pod gets to end: test pods have nothing to save. */
const graceSeconds = 1
/**
 * Seconds until all must be gone, DaemonSets with their pods: interfaces and addresses of pods are freed only then. A pod whose CNI DEL fails, for a plugin is missing, stays until it is
 * there again; whoever only wants the pods gone need not wait for that.
 */
const goneSeconds = {'all-gone': 60, 'pods-gone': 20} as const
const atOnce = 8

/**
 * None of these objects exists. Namespaces go last, and their pods by name: what lies in them is then gone in an orderly way, and in half the time
 * that the namespace controller needs for pods that take time to end (it looks again only seconds later).
 */
export const deleteObjects: Executor<'delete-objects'> = async (
  {objects, until = 'all-gone', seconds = goneSeconds[until]},
  context,
) => {
  const kubernetes = await context.kubernetes()
  const namespaces = objects.filter(({kind}) => kind === 'Namespace')
  const others = await deleteAll(
    objects.filter((ref) => !namespaces.includes(ref)),
    kubernetes,
    context,
  )
  const gone = (refs: readonly ObjectRef[]) => untilGone(refs, seconds, kubernetes, context)
  await gone(others.filter(({kind}) => kind === 'Pod' || kind === 'DaemonSet'))
  const marked = await deleteAll(namespaces, kubernetes, context)
  const pods = (await inParallel(marked, ({name}) => podsIn(name, kubernetes, context), atOnce)).flat()
  await gone(await deleteAll(pods, kubernetes, context))
  if (until === 'all-gone') await gone(marked)
  return {already: others.length === 0 && marked.length === 0}
}

/** Those that were there. */
async function deleteAll(
  refs: readonly ObjectRef[],
  kubernetes: KubernetesDriver,
  context: StepContext,
): Promise<readonly ObjectRef[]> {
  const there = await inParallel(refs, async (ref) => [ref, await deleteOne(ref, kubernetes, context)] as const, atOnce)
  return there.filter(([, existed]) => existed).map(([ref]) => ref)
}

/** In a namespace that is marked for deletion no controller makes new ones. */
async function podsIn(
  namespace: string,
  kubernetes: KubernetesDriver,
  {signal}: StepContext,
): Promise<readonly ObjectRef[]> {
  return (await kubernetes.list({apiVersion: 'v1', kind: 'Pod', namespace}, signal)).map(refOf)
}

function deleteOne(ref: ObjectRef, kubernetes: KubernetesDriver, {signal}: StepContext): Promise<boolean> {
  if (ref.kind === 'Pod') return kubernetes.delete(ref, {graceSeconds, signal})
  return kubernetes.delete(ref, ref.kind === 'DaemonSet' ? {withDependents: true, signal} : {signal})
}

async function untilGone(
  refs: readonly ObjectRef[],
  atMostSeconds: number,
  kubernetes: KubernetesDriver,
  context: StepContext,
): Promise<void> {
  if (refs.length === 0) return
  const {clock} = context.drivers
  let left = refs
  const seconds = Math.min(atMostSeconds, context.secondsLeft())
  const end = await withDeadline(clock, seconds, context.signal, (signal) =>
    poll(
      async () => {
        const still = await inParallel(
          left,
          async (ref) => ((await kubernetes.read(ref, signal)) ? ref : undefined),
          atOnce,
        )
        left = still.filter((ref) => ref !== undefined)
        return {ready: left.length === 0, seen: words(left)}
      },
      {clock, signal, milliseconds: 250, seen: (text) => text && context.note(`waiting for the end of ${text}`)},
    ),
  )
  if (end.inTime) return
  throw new Problem('wait-timeout', {
    message: `Waited ${Math.round(seconds)} s for the end of ${words(left)}`,
    cause: 'They are marked for deletion and still there: a finalizer, or a kubelet that does not answer',
    suggestions: left.map(
      ({kind, name, namespace}) =>
        `kubectl --context ${context.context}${namespace ? ` -n ${namespace}` : ''} get ${kind.toLowerCase()} ${name} -o yaml`,
    ),
  })
}

function words(refs: readonly ObjectRef[]): string {
  return refs.map(({kind, name}) => `${kind} ${name}`).join(', ')
}
