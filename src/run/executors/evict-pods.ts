import {Problem} from '../../problem.ts'
import type {ActionOf} from '../../steps/action.ts'
import {withDeadline} from '../deadline.ts'
import type {Executor, StepContext} from '../executor.ts'
import {inParallel} from '../in-parallel.ts'
import {poll} from '../poll.ts'

type Pod = ActionOf<'evict-pods'>['pods'][number]

/** Seconds until all must be gone: for their own time to end, and for a disruption budget that lets one go when the one before is back. */
const goneSeconds = 180

/** None of these pods is there any more. */
export const evictPods: Executor<'evict-pods'> = async ({pods}, context) => {
  const left = new Map(pods.map((pod) => [pod.uid, pod]))
  const asked = new Set<string>()
  const seconds = Math.min(goneSeconds, context.secondsLeft())
  let seen = ''
  const end = await withDeadline(context.drivers.clock, seconds, context.signal, (signal) =>
    poll(
      async () => {
        const words = await inParallel([...left.values()], (pod) => press(pod, asked, {...context, signal}))
        for (const [index, pod] of [...left.values()].entries()) if (words[index] === undefined) left.delete(pod.uid)
        seen = words.filter((word) => word !== undefined).join(', ')
        return {ready: left.size === 0, seen}
      },
      {clock: context.drivers.clock, signal, milliseconds: 500, seen: (text) => text && context.note(text)},
    ),
  )
  if (end.inTime) return {already: end.value && asked.size === 0}
  throw new Problem('wait-timeout', {
    message: `Waited ${Math.round(seconds)} s for the end of ${[...left.values()].map(({name}) => name).join(', ')}`,
    cause: `Last seen: ${seen}`,
    suggestions: ['kubectl get poddisruptionbudgets --all-namespaces'],
  })
}

/** Asks for its end until that is granted; what keeps it, in words, or undefined when it is gone. */
async function press(pod: Pod, asked: Set<string>, {kubernetes, signal}: StepContext): Promise<string | undefined> {
  const {namespace, name, uid} = pod
  const client = await kubernetes()
  if (!asked.has(uid)) {
    const answer = await client.evict(pod, signal)
    if (answer === 'refused') return `${name} is kept by its disruption budget`
    if (answer === 'gone') return undefined
    asked.add(uid)
  }
  const found = await client.read({apiVersion: 'v1', kind: 'Pod', namespace, name}, signal)
  return found?.metadata['uid'] === uid ? `${name} is ending` : undefined
}
