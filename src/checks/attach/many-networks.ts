import type {Check, Stage} from '../check.ts'
import {listAt} from '../json-path.ts'
import {parseLinks} from '../ip-output.ts'
import {networkStatusOf} from '../network-status.ts'
import {ownNetwork, ownNetworkName} from '../own-network.ts'
import {ownPod} from '../own-pod.ts'
import {whyOwnNotReady} from '../own-start.ts'
import {isReady} from '../pod-start.ts'
import {secondsUntilSandbox} from '../pod-times.ts'
import {couldNotLook, jsonOf, textOf} from '../seen.ts'
import {interfaceOf} from './attached-pod.ts'

type Subject = {readonly namespace: string; readonly node: string}

const pod = 'many-networks'

/** In the order in which the pod asks: not that of their names, so that sorting them does not pass. */
const asked = ['many-3', 'many-1', 'many-4', 'many-2'] as const

/** Seconds that the sandbox may take; attaching one takes a tenth of a second, one after another (multus #1016). */
const slow = 15

/** A pod gets several networks at once, in the order in which it asked, and soon enough. */
export const manyNetworks: Check<Subject> = {
  id: 'A09',
  title: `${asked.length} networks on one pod`,
  tier: 'default',
  severity: 'error',
  needs: ['multus'],
  settleSeconds: 40,
  subjects: ({namespace, pods}) => pods.slice(0, 1).map(({node}) => ({namespace, node})),
  label: ({node}) => node,
  props: ({node}, stage: Stage) => [
    ...asked.map((name) => ownNetwork({name, range: rangeOf(name)}, stage)),
    ownPod({name: pod, node, asks: asked.map((name) => ({network: ownNetworkName(name)}))}, stage),
  ],
  probes: ({namespace}) => ({
    pod: {type: 'api', path: `/api/v1/namespaces/${namespace}/pods/${pod}`},
    events: {type: 'api', path: `/api/v1/namespaces/${namespace}/events?fieldSelector=involvedObject.name%3D${pod}`},
    links: {type: 'pod', namespace, pod, argv: ['ip', '-o', 'link']},
  }),
  judge(evidence, {namespace}) {
    const object = jsonOf(evidence, 'pod')
    if ('missing' in object) return couldNotLook(`pod ${pod}`, object)
    const events = jsonOf(evidence, 'events')
    if (!isReady(object.value))
      return whyOwnNotReady(pod, object.value, 'value' in events ? listAt(events.value, 'items') : [])
    const links = textOf(evidence, 'links')
    if ('missing' in links) return couldNotLook(`the interfaces in ${pod}`, links)

    const wanted = asked.map((name, place) => `${interfaceOf(place)} of ${namespace}/${ownNetworkName(name)}`)
    const entries = (networkStatusOf(object.value) ?? []).filter(({isDefault}) => !isDefault)
    const got = entries.map((entry) => `${entry.interface} of ${entry.name}`)
    const lists = [`asked for: ${wanted.join(', ')}`, `reported:  ${got.join(', ') || 'nothing'}`]
    if (got.join() !== wanted.join())
      return {
        status: 'fail',
        summary: `${pod} got other networks than it asked for, or in another order`,
        evidence: lists,
      }
    const inside = parseLinks(links.value).map((link) => link.interface)
    const absent = entries.filter((entry) => !inside.includes(entry.interface)).map((entry) => entry.interface)
    if (absent.length > 0)
      return {
        status: 'fail',
        summary: `${absent.join(', ')} of ${pod} is reported, and not in the pod`,
        evidence: lists,
      }
    const seconds = secondsUntilSandbox(object.value)
    const time = seconds === undefined ? '' : `, the sandbox ready after ${seconds} s`
    const summary = `${inside.filter((name) => name.startsWith('net')).join(', ')} in the order asked for${time}`
    return {status: (seconds ?? 0) > slow ? 'warn' : 'pass', summary}
  },
}

/** A subnet of its own for each, so that no two are one to the pod's kernel. */
function rangeOf(name: (typeof asked)[number]): readonly [string, string] {
  const subnet = `198.18.1${name.slice(-1)}`
  return [`${subnet}.10`, `${subnet}.20`]
}
