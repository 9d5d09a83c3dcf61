import type {KubernetesDriver} from '../../drivers/ports.ts'
import {Problem} from '../../problem.ts'
import type {ObjectRef} from '../../steps/object.ts'
import {withDeadline} from '../deadline.ts'
import type {Executor, StepContext} from '../executor.ts'
import {inParallel} from '../in-parallel.ts'
import {poll} from '../poll.ts'

/** Seconds a pod gets to end: test pods have nothing to save. */
const graceSeconds = 1
/** Seconds until pods and namespaces must be gone: their network interfaces and addresses are freed only then. */
const goneSeconds = 60
const atOnce = 8

/** None of these objects exists. Namespaces go last: what lies in them is then gone in an orderly way. */
export const deleteObjects: Executor<'delete-objects'> = async ({objects}, context) => {
  const kubernetes = await context.kubernetes()
  const namespaces = objects.filter(({kind}) => kind === 'Namespace')
  let found = false
  for (const group of [objects.filter((ref) => !namespaces.includes(ref)), namespaces]) {
    const there = await inParallel(
      group,
      async (ref) => [ref, await deleteOne(ref, kubernetes, context)] as const,
      atOnce,
    )
    const deleted = there.filter(([, existed]) => existed).map(([ref]) => ref)
    found ||= deleted.length > 0
    await untilGone(
      deleted.filter(({kind}) => kind === 'Pod' || kind === 'Namespace'),
      kubernetes,
      context,
    )
  }
  return {already: !found}
}

function deleteOne(ref: ObjectRef, kubernetes: KubernetesDriver, {signal}: StepContext): Promise<boolean> {
  return kubernetes.delete(ref, ref.kind === 'Pod' ? {graceSeconds, signal} : {signal})
}

async function untilGone(
  refs: readonly ObjectRef[],
  kubernetes: KubernetesDriver,
  context: StepContext,
): Promise<void> {
  if (refs.length === 0) return
  const {clock} = context.drivers
  let left = refs
  const seconds = Math.min(goneSeconds, context.secondsLeft())
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
        `kubectl --context kind-${context.cluster}${namespace ? ` -n ${namespace}` : ''} get ${kind.toLowerCase()} ${name} -o yaml`,
    ),
  })
}

function words(refs: readonly ObjectRef[]): string {
  return refs.map(({kind, name}) => `${kind} ${name}`).join(', ')
}
