import type {Evidence, Verdict} from '../../steps/check-request.ts'
import type {Json} from '../../steps/object.ts'
import {type AttachedPod, attachmentFaults, type WantedNetwork} from './attachment-faults.ts'
import type {Check, SceneNetwork} from '../check.ts'
import {type Link, parseAddresses, parseLinks} from '../ip-output.ts'
import {listAt} from '../json-path.ts'
import {networkStatusOf} from '../network-status.ts'
import {isReady, whyNotReady} from '../pod-start.ts'
import {couldNotLook, jsonOf, textOf} from '../seen.ts'

/** A01 to A04: the pod is Ready, Multus reports the networks asked for in order, and every interface, MAC and address it reports is in the pod, from the network's range, and nobody else's. */
export const attachmentReal: Check<AttachedPod> = {
  id: 'A03',
  title: 'Attachment is real',
  tier: 'quick',
  severity: 'error',
  needs: ['multus', 'attached-pods'],
  subjects: ({pods, networks, namespace}) =>
    pods
      .filter((pod) => pod.networks.length > 0)
      .map(({name, node, networks: names}) => ({
        namespace,
        pod: name,
        node,
        networks: names.map((network) => wantedOf(network, node, networks)),
      })),
  label: ({pod, node}) => `${pod} on ${node}`,
  probes: ({namespace, pod}) => ({
    pod: {type: 'api', path: `/api/v1/namespaces/${namespace}/pods/${pod}`},
    events: {type: 'api', path: `/api/v1/namespaces/${namespace}/events?fieldSelector=involvedObject.name%3D${pod}`},
    pods: {type: 'api', path: '/api/v1/pods'},
    addresses: {type: 'pod', namespace, pod, argv: ['ip', '-o', 'addr']},
    links: {type: 'pod', namespace, pod, argv: ['ip', '-o', 'link']},
  }),
  judge(evidence, subject) {
    const pod = jsonOf(evidence, 'pod')
    if ('missing' in pod) return couldNotLook(`pod ${subject.pod}`, pod)
    if (!isReady(pod.value)) return whyNotReady(subject.pod, pod.value, itemsOf(evidence, 'events'))
    const addresses = textOf(evidence, 'addresses')
    if ('missing' in addresses) return couldNotLook(`the addresses in ${subject.pod}`, addresses)
    const links = textOf(evidence, 'links')
    if ('missing' in links) return couldNotLook(`the interfaces in ${subject.pod}`, links)

    const status = networkStatusOf(pod.value)
    if (status === undefined) return noStatus(subject, parseLinks(links.value))
    const entries = status.filter(({isDefault}) => !isDefault)
    const inside = {addresses: parseAddresses(addresses.value), links: parseLinks(links.value)}
    const faults = attachmentFaults(entries, subject, {inside, pods: itemsOf(evidence, 'pods')})
    const [first] = faults
    if (first) return {...first, evidence: faults.map(({summary}) => summary)}
    return {
      status: 'pass',
      summary: entries
        .map((entry) => `${entry.interface} ${entry.ips.join(' ') || 'without address'} on ${entry.name}`)
        .join(', '),
    }
  },
}

function wantedOf(network: string, node: string, networks: readonly SceneNetwork[]): WantedNetwork {
  const found = networks.find(({namespace, name}) => `${namespace}/${name}` === network)
  const config = found?.config === '' ? found.nodeConfigs?.[node] : found?.config
  return {network, config: config ?? '', spansNodes: found?.spansNodes ?? false}
}

function itemsOf(evidence: Evidence, key: string): readonly Json[] {
  const looked = jsonOf(evidence, key)
  return 'value' in looked ? listAt(looked.value, 'items') : []
}

/** Seen when Cilium had renamed Multus' file away: the pod is Ready with eth0 only, without event and without annotation. */
function noStatus({pod, node}: AttachedPod, links: readonly Link[]): Verdict {
  const names = links.map((link) => link.interface).join(', ')
  return {
    status: 'fail',
    summary: `${pod} is Ready, but Multus never saw it: it has ${names}`,
    cause: `Multus was not first in /etc/cni/net.d of ${node} when the pod started`,
    fix: 'k8s-local verify shows "Multus comes first"; then delete the pod and create it again',
  }
}
