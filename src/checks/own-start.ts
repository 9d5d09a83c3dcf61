import type {Verdict} from '../steps/check-request.ts'
import type {Json} from '../steps/object.ts'
import {textAt} from './json-path.ts'
import {whyNotReady} from './pod-start.ts'

/** Why a pod of a check's own did not become Ready. A node without a plugin that only the check needs is nobody's fault. */
export function whyOwnNotReady(name: string, pod: Json, events: readonly Json[]): Verdict {
  return lacksPlugin(events) ?? whyNotReady(name, pod, events)
}

/** The skip of a check whose own network needs a plugin that the node does not have. */
export function lacksPlugin(events: readonly Json[]): Verdict | undefined {
  const [, plugin] =
    events
      .map((event) => /failed to find plugin "([^"]+)"/.exec(textAt(event, 'message') ?? ''))
      .find((match) => match) ?? []
  return plugin === undefined
    ? undefined
    : {status: 'skip', summary: `the plugin ${plugin}, which it would show this with, is not on the node`}
}
