import type {Evidence, Verdict} from '../steps/check-request.ts'
import type {Json} from '../steps/object.ts'
import type {Check, SceneNetwork} from './check.ts'
import {type InterfaceAddress, type Link, parseAddresses, parseLinks} from './ip-output.ts'
import {listAt, textAt} from './json-path.ts'
import {mayHandOut, parseNetworkConfig} from './network-config.ts'
import {networkStatusOf, type StatusEntry} from './network-status.ts'
import {isReady, whyNotReady} from './pod-start.ts'
import {couldNotLook, jsonOf, textOf} from './seen.ts'

type Subject = {
  readonly namespace: string
  readonly pod: string
  readonly node: string
  readonly networks: readonly Wanted[]
}

type Wanted = {
  /** `namespace/name`. */
  readonly network: string
  /** The configuration that holds on the pod's node. */
  readonly config: string
  readonly spansNodes: boolean
}

/** A01 to A04: the pod is Ready, Multus reports the networks asked for in order, and every interface, MAC and address it reports is in the pod, from the network's range, and nobody else's. */
export const attachmentReal: Check<Subject> = {
  title: 'Attachment is real',
  tier: 'quick',
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
    if (!isReady(pod.value)) return whyNotReady(subject.pod, pod.value, eventsOf(evidence))
    const addresses = textOf(evidence, 'addresses')
    if ('missing' in addresses) return couldNotLook(`the addresses in ${subject.pod}`, addresses)
    const links = textOf(evidence, 'links')
    if ('missing' in links) return couldNotLook(`the interfaces in ${subject.pod}`, links)

    const status = networkStatusOf(pod.value)
    if (status === undefined) return noStatus(subject, parseLinks(links.value))
    const entries = status.filter(({isDefault}) => !isDefault)
    const faults = [
      ...wrongNetworks(entries, subject),
      ...entries.flatMap((entry) => unreal(entry, parseAddresses(addresses.value), parseLinks(links.value))),
      ...entries.flatMap((entry) => outOfRange(entry, subject)),
      ...entries.flatMap((entry) => takenTwice(entry, subject, evidence)),
    ]
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

function wantedOf(network: string, node: string, networks: readonly SceneNetwork[]): Wanted {
  const found = networks.find(({namespace, name}) => `${namespace}/${name}` === network)
  const config = found?.config === '' ? found.nodeConfigs?.[node] : found?.config
  return {network, config: config ?? '', spansNodes: found?.spansNodes ?? false}
}

function eventsOf(evidence: Evidence): readonly Json[] {
  const events = jsonOf(evidence, 'events')
  return 'value' in events ? listAt(events.value, 'items') : []
}

/** Seen when Cilium had renamed Multus' file away: the pod is Ready with eth0 only, without event and without annotation. */
function noStatus({pod, node}: Subject, links: readonly Link[]): Verdict {
  const names = links.map((link) => link.interface).join(', ')
  return {
    status: 'fail',
    summary: `${pod} is Ready, but Multus never saw it: it has ${names}`,
    cause: `Multus was not first in /etc/cni/net.d of ${node} when the pod started`,
    fix: 'k8s-local verify shows "Multus comes first"; then delete the pod and create it again',
  }
}

function wrongNetworks(entries: readonly StatusEntry[], {networks, pod}: Subject): readonly Verdict[] {
  const got = entries.map(({name}) => name).join(', ')
  const wanted = networks.map(({network}) => network).join(', ')
  return got === wanted
    ? []
    : [
        {
          status: 'fail',
          summary: `${pod} asked for ${wanted} and got ${got || 'nothing'}`,
          fix: 'delete the pod and create it again',
        },
      ]
}

function unreal(
  entry: StatusEntry,
  addresses: readonly InterfaceAddress[],
  links: readonly Link[],
): readonly Verdict[] {
  const link = links.find((one) => one.interface === entry.interface)
  if (!link)
    return [
      {
        status: 'fail',
        summary: `network-status says ${entry.interface} (${entry.name}), and the pod has no such interface`,
        fix: 'delete the pod and create it again',
      },
    ]
  const inside = addresses.filter((one) => one.interface === entry.interface).map(({address}) => address)
  const faults: string[] = []
  if (!link.up) faults.push(`${entry.interface} is down`)
  if (entry.mac !== undefined && entry.mac !== link.mac)
    faults.push(`network-status says ${entry.interface} has MAC ${entry.mac}, inside it is ${link.mac ?? 'none'}`)
  for (const ip of entry.ips.filter((one) => !one.includes(':'))) {
    if (!inside.includes(ip))
      faults.push(`network-status says ${entry.interface} has ${ip}, inside it is ${inside.join(', ') || 'none'}`)
  }
  return faults.map((summary) => ({status: 'fail', summary, fix: 'delete the pod and create it again'}))
}

function outOfRange(entry: StatusEntry, {networks}: Subject): readonly Verdict[] {
  const config = parseNetworkConfig(networks.find(({network}) => network === entry.name)?.config ?? '')
  if ('fault' in config) return []
  const expected = config.ipam !== undefined && entry.ips.length === 0
  if (expected)
    return [
      {
        status: 'fail',
        summary: `${entry.interface} got no address, though ${config.ipam} hands out addresses on ${entry.name}`,
      },
    ]
  return entry.ips.flatMap((ip): readonly Verdict[] => {
    if (config.pools.some(({gateway}) => gateway === ip))
      return [{status: 'fail', summary: `${ip} on ${entry.interface} is the gateway of ${entry.name}`}]
    return mayHandOut(config, ip) || ip.includes(':')
      ? []
      : [{status: 'fail', summary: `${ip} on ${entry.interface} is outside the range of ${entry.name}`}]
  })
}

/** The same address on another pod of the same layer 2: host-local with one range for all nodes does that, silently. */
function takenTwice(entry: StatusEntry, subject: Subject, evidence: Evidence): readonly Verdict[] {
  const pods = jsonOf(evidence, 'pods')
  const spansNodes = subject.networks.find(({network}) => network === entry.name)?.spansNodes ?? false
  const others = ('value' in pods ? listAt(pods.value, 'items') : []).filter((other) => {
    const itself =
      textAt(other, 'metadata', 'name') === subject.pod && textAt(other, 'metadata', 'namespace') === subject.namespace
    return (
      !itself &&
      textAt(other, 'status', 'phase') === 'Running' &&
      (spansNodes || textAt(other, 'spec', 'nodeName') === subject.node)
    )
  })
  return others.flatMap((other): readonly Verdict[] => {
    const same = (networkStatusOf(other) ?? []).find(
      ({name, ips}) => name === entry.name && ips.some((ip) => entry.ips.includes(ip)),
    )
    if (!same) return []
    const owner = `${textAt(other, 'metadata', 'namespace')}/${textAt(other, 'metadata', 'name')}`
    return [
      {
        status: 'fail',
        summary: `${same.ips.join(' ')} on ${entry.name} is also the address of ${owner}`,
        cause: 'host-local counts on each node by itself, and the nodes share one range',
        fix: `make the network anew with k8s-local net add: it takes whereabouts, or a slice per node`,
      },
    ]
  })
}
