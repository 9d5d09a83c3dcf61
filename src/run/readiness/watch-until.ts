import {Problem} from '../../problem.ts'
import type {KubernetesObject} from '../../steps/object.ts'
import type {Look} from '../poll.ts'
import type {WaitContext} from './wait-context.ts'

export interface Watched {
  readonly apiVersion: string
  readonly kind: string
  readonly namespace?: string
  readonly fieldSelector?: string
}

/** Milliseconds until an API that did not answer is asked again. */
const retryAfter = 500

/** Milliseconds for which an API may refuse: one that has just started knows no roles yet (Kubernetes 1.34, seen after restarts of all nodes). */
const mayRefuse = 15_000

/**
 * Watches objects until `judge` finds them good; true when the first list was. An API that is away for a moment (its pod restarts) is something seen,
 * not the end of the wait. What `judge` throws ends the wait.
 */
export async function watchUntil(
  watched: Watched,
  context: WaitContext,
  judge: (objects: readonly KubernetesObject[]) => Look,
): Promise<boolean> {
  const {drivers, signal, seen} = context
  let looks = 0
  let ready = false
  let thrown: {readonly error: unknown} | undefined
  const since = drivers.clock.now()
  const onChange = (objects: readonly KubernetesObject[]) => {
    try {
      const look = judge(objects)
      looks += 1
      ready = look.ready
      seen(look.seen)
    } catch (error) {
      thrown = {error}
    }
    return ready || thrown !== undefined
  }
  while (!ready) {
    const looksBefore = looks
    try {
      const kubernetes = await context.kubernetes()
      await kubernetes.watch(watched, onChange, signal)
    } catch (error) {
      if (signal.aborted || !(error instanceof Problem)) throw error
      // Who may list but not watch meets an API that knows the roles.
      const isStarting =
        error.data.name === 'api-forbidden' && looks === looksBefore && drivers.clock.now() - since < mayRefuse
      if (error.data.name !== 'api-unreachable' && !isStarting) throw error
      seen(error.data.message)
    }
    if (thrown) throw thrown.error
    if (!ready) await drivers.clock.sleep(retryAfter, signal)
  }
  return looks === 1
}
