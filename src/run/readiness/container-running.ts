import {Problem} from '../../problem.ts'
import type {KubernetesObject} from '../../steps/object.ts'
import type {Look} from '../poll.ts'
import type {Waiter} from './wait-context.ts'
import {watchUntil} from './watch-until.ts'

/** The container runs; one that has ended, or whose pod has gone, ends the wait at once. */
export const containerRunning: Waiter<'container-running'> = ({namespace, pod, container}, context) =>
  watchUntil(
    {apiVersion: 'v1', kind: 'Pod', namespace, fieldSelector: `metadata.name=${pod}`},
    context,
    ([found]): Look => look(found, {namespace, pod, container}),
  )

interface Named {
  readonly namespace: string
  readonly pod: string
  readonly container: string
}

interface ContainerState {
  readonly name: string
  readonly state?: {
    readonly running?: object
    readonly waiting?: {readonly reason?: string; readonly message?: string}
    readonly terminated?: {readonly reason?: string; readonly message?: string}
  }
}

function look(found: KubernetesObject | undefined, {namespace, pod, container}: Named): Look {
  const failed = (why: string) =>
    new Problem('pod-failed', {
      message: `Container ${container} of pod ${namespace}/${pod} does not run`,
      cause: why,
      suggestions: [`kubectl -n ${namespace} describe pod ${pod}`],
    })
  if (!found) throw failed('The pod has gone')
  const {containerStatuses = [], ephemeralContainerStatuses = []} = (found['status'] ?? {}) as {
    readonly containerStatuses?: readonly ContainerState[]
    readonly ephemeralContainerStatuses?: readonly ContainerState[]
  }
  const state = [...containerStatuses, ...ephemeralContainerStatuses].find(({name}) => name === container)?.state
  if (state?.terminated) throw failed(`It has ended: ${state.terminated.message ?? state.terminated.reason ?? ''}`)
  const {reason = 'not started', message = ''} = state?.waiting ?? {}
  const waiting = `${container}: ${reason}${message === '' ? '' : `, ${message}`}`
  return state?.running ? {ready: true, seen: `${container} runs`} : {ready: false, seen: waiting}
}
