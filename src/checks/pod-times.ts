import type {Json} from '../steps/object.ts'
import {listAt, textAt} from './json-path.ts'

/** Seconds from a pod's creation until it became Ready, in whole seconds as the API counts; undefined where it has not. */
export function secondsUntilReady(pod: Json): number | undefined {
  return secondsUntil(pod, 'Ready')
}

/** Seconds from a pod's creation until its sandbox had its networks (a condition of Kubernetes 1.29 and later); undefined where it has not. */
export function secondsUntilSandbox(pod: Json): number | undefined {
  return secondsUntil(pod, 'PodReadyToStartContainers')
}

function secondsUntil(pod: Json, type: string): number | undefined {
  const made = Date.parse(textAt(pod, 'metadata', 'creationTimestamp') ?? '')
  const condition = listAt(pod, 'status', 'conditions').find(
    (one) => textAt(one, 'type') === type && textAt(one, 'status') === 'True',
  )
  const then = Date.parse(textAt(condition, 'lastTransitionTime') ?? '')
  return Number.isNaN(made) || Number.isNaN(then) ? undefined : Math.max(0, Math.round((then - made) / 1000))
}
