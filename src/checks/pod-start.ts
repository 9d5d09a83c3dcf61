import type {Verdict} from '../steps/check-request.ts'
import type {Json} from '../steps/object.ts'
import {explainAttachFailure} from './attach-causes.ts'
import {at, listAt, textAt} from './json-path.ts'

export function isReady(pod: Json): boolean {
  return listAt(pod, 'status', 'conditions').some(
    (condition) => at(condition, 'type') === 'Ready' && at(condition, 'status') === 'True',
  )
}

/** Whether no container of the pod has ever run: then what is wrong with it was so from the beginning. */
export function neverStarted(pod: Json): boolean {
  return !listAt(pod, 'status', 'containerStatuses').some(
    (one) => at(one, 'state', 'running') !== undefined || at(one, 'state', 'terminated') !== undefined,
  )
}

/** The verdict of a check that needs a pod which has not started: another check says why. */
export function seeAttachReady(name: string): Verdict {
  return {status: 'skip', summary: `${name} has not started: see attach-ready`}
}

/** Why a pod is not Ready, by its events, best explanation first: what Multus or a plugin said, then any other warning, then its own state. */
export function whyNotReady(name: string, pod: Json, events: readonly Json[]): Verdict {
  const warnings = events
    .filter((event) => at(event, 'type') === 'Warning')
    .toSorted((a, b) => lastSeen(a).localeCompare(lastSeen(b)))
  const messages = warnings.map((event) => textAt(event, 'message') ?? '').toReversed()
  const explained = messages.flatMap((message) => explainAttachFailure(message) ?? [])[0]
  const state =
    textAt(pod, 'status', 'containerStatuses', 0, 'state', 'waiting', 'reason') ??
    textAt(pod, 'status', 'phase') ??
    'unknown'
  const summary = `${name} is not Ready (${state})`
  const evidence = messages.slice(0, 1).map((message) => message.slice(-600))
  if (explained) return {status: 'fail', summary: `${summary}: ${explained.cause}`, evidence, ...explained}
  const cause = messages[0] ?? textAt(unfinished(pod), 'message')
  return {
    status: 'fail',
    summary,
    ...(cause === undefined ? {} : {cause}),
    fix: `kubectl -n ${textAt(pod, 'metadata', 'namespace') ?? 'default'} describe pod ${name}`,
  }
}

function unfinished(pod: Json): Json | undefined {
  return listAt(pod, 'status', 'conditions').find((condition) => at(condition, 'status') === 'False')
}

function lastSeen(event: Json): string {
  return textAt(event, 'lastTimestamp') ?? textAt(event, 'eventTime') ?? ''
}
