import type {Evidence, Probe, Verdict} from '../../steps/check-request.ts'
import type {Json} from '../../steps/object.ts'
import {probePod} from '../../templates/probe-pods.ts'
import type {Deed, Stage} from '../check.ts'
import {listAt} from '../json-path.ts'
import {networkStatusOf} from '../network-status.ts'
import {isReady, whyNotReady} from '../pod-start.ts'
import {jsonOf} from '../seen.ts'

/** A pod that is made after the ordeal, or in it. */
export type Newcomer = {
  readonly namespace: string
  readonly pod: string
  readonly node: string
  readonly networks: readonly string[]
}

/** Makes the pod, and waits until it is Ready or its time is up: its judge says which. */
export function makeNewcomer({pod, node, networks, namespace}: Newcomer, {runId, image}: Stage): readonly Deed[] {
  return [
    {
      title: `Start ${pod} on ${node}, ${networks.length === 0 ? 'without a network of its own' : 'with its networks'}`,
      action: {type: 'apply-objects', objects: [probePod({name: pod, namespace, node, networks, runId, image})]},
    },
    {
      title: `Wait until ${pod} is Ready`,
      action: {
        type: 'wait',
        for: {type: 'pods-ready', namespace, names: [pod]},
        timeoutSeconds: 60,
        onTimeout: 'continue',
      },
    },
  ]
}

/** Under `KEY` and `KEY-events`. */
export function newcomerProbes(key: string, {namespace, pod}: Newcomer): Readonly<Record<string, Probe>> {
  const events = `/api/v1/namespaces/${namespace}/events?fieldSelector=involvedObject.name%3D${pod}`
  return {
    [key]: {type: 'api', path: `/api/v1/namespaces/${namespace}/pods/${pod}`},
    [`${key}-events`]: {type: 'api', path: events},
  }
}

/** Why the pod is not what was asked for; undefined where it is Ready with all its networks, in their order. */
export function newcomerFault(evidence: Evidence, key: string, {pod, node, networks}: Newcomer): Verdict | undefined {
  const looked = jsonOf(evidence, key)
  if ('missing' in looked) return {status: 'fail', summary: `${pod} was not made: ${looked.missing}`}
  if (!isReady(looked.value)) return whyNotReady(pod, looked.value, eventsOf(evidence, key))
  const got = (networkStatusOf(looked.value) ?? []).filter(({isDefault}) => !isDefault).map(({name}) => name)
  if (got.join() === networks.join()) return undefined
  return {
    status: 'fail',
    summary: `${pod} is Ready with ${got.join(', ') || 'no network'} in place of ${networks.join(', ')}`,
    cause: `Multus was not first in /etc/cni/net.d of ${node} when the pod started`,
    fix: 'k8s-local repair',
  }
}

function eventsOf(evidence: Evidence, key: string): readonly Json[] {
  const events = jsonOf(evidence, `${key}-events`)
  return 'value' in events ? listAt(events.value, 'items') : []
}
