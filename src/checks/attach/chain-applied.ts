import type {Check} from '../check.ts'
import {ownNetwork, ownNetworkName} from '../own-network.ts'
import {ownPod} from '../own-pod.ts'
import {whyOwnNotReady} from '../own-start.ts'
import {isReady} from '../pod-start.ts'
import {couldNotLook, jsonOf, textOf} from '../seen.ts'
import {interfaceOf, itemsOf} from './attached-pod.ts'
import {sysctlDiffers, sysctlFile} from './sysctl.ts'

type Subject = {readonly namespace: string; readonly node: string}

const name = 'chained'

/** Off in every new network namespace (Linux ip-sysctl, arp_filter). */
const sysctl = `net.ipv4.conf.${interfaceOf(0)}.arp_filter`

const tuning = {plugin: {type: 'tuning', sysctl: {[sysctl]: '1'}}, capabilities: {}}

/** A11: the second plugin of a configuration has done its work too: a sysctl of the pod's interface is as `tuning` was told. */
export const chainApplied: Check<Subject> = {
  id: 'A11',
  title: 'Chained plugin takes effect',
  tier: 'default',
  severity: 'error',
  needs: ['multus'],
  settleSeconds: 40,
  subjects: ({namespace, pods}) => pods.slice(-1).map(({node}) => ({namespace, node})),
  label: ({node}) => node,
  props: ({node}, stage) => [
    ownNetwork({name, range: ['198.18.4.10', '198.18.4.20'], chain: [tuning]}, stage),
    ownPod({name, node, asks: [{network: ownNetworkName(name)}]}, stage),
  ],
  probes: ({namespace}) => ({
    pod: {type: 'api', path: `/api/v1/namespaces/${namespace}/pods/${name}`},
    events: {type: 'api', path: `/api/v1/namespaces/${namespace}/events?fieldSelector=involvedObject.name%3D${name}`},
    value: {type: 'pod', namespace, pod: name, argv: ['cat', sysctlFile(sysctl)]},
  }),
  judge(evidence) {
    const pod = jsonOf(evidence, 'pod')
    if ('missing' in pod) return couldNotLook(`pod ${name}`, pod)
    if (!isReady(pod.value)) return whyOwnNotReady(name, pod.value, itemsOf(evidence, 'events'))
    const value = textOf(evidence, 'value')
    if ('missing' in value) return couldNotLook(`${sysctl} in ${name}`, value)
    const got = value.value.trim()
    if (got === '1') return {status: 'pass', summary: `tuning has set ${sysctl}`}
    return {
      status: 'fail',
      summary: sysctlDiffers({sysctl, pod: name, got, wanted: '1'}),
      cause: 'the plugin tuning was not called after the first one, or something has set it back',
      fix: 'on the node: /opt/cni/bin/tuning prints its version; journalctl -u containerd has what it said',
    }
  },
}
