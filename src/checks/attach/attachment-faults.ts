import type {Verdict} from '../../steps/check-request.ts'
import type {Json} from '../../steps/object.ts'
import type {InterfaceAddress, Link} from '../ip-output.ts'
import {textAt} from '../json-path.ts'
import {mayHandOut, parseNetworkConfig} from '../network-config.ts'
import {networkStatusOf, type StatusEntry} from '../network-status.ts'

/** A pod, and the networks that it asked for, in order. */
export type AttachedPod = {
  readonly namespace: string
  readonly pod: string
  readonly node: string
  readonly networks: readonly WantedNetwork[]
}

export type WantedNetwork = {
  /** `namespace/name`. */
  readonly network: string
  /** The configuration that holds on the pod's node. */
  readonly config: string
  readonly spansNodes: boolean
}

/** What the pod itself shows. */
export interface Inside {
  readonly addresses: readonly InterfaceAddress[]
  readonly links: readonly Link[]
}

/** Everything in which what Multus says of a pod differs from what was asked for, from what is inside, or from what may be. `pods` are all pods of the cluster. */
export function attachmentFaults(
  entries: readonly StatusEntry[],
  subject: AttachedPod,
  {inside, pods}: {readonly inside: Inside; readonly pods: readonly Json[]},
): readonly Verdict[] {
  return [
    ...wrongNetworks(entries, subject),
    ...entries.flatMap((entry) => unreal(entry, inside)),
    ...entries.flatMap((entry) => outOfRange(entry, subject)),
    ...entries.flatMap((entry) => takenTwice(entry, subject, pods)),
  ]
}

function wrongNetworks(entries: readonly StatusEntry[], {networks, pod}: AttachedPod): readonly Verdict[] {
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

function unreal(entry: StatusEntry, {addresses, links}: Inside): readonly Verdict[] {
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

function outOfRange(entry: StatusEntry, {networks}: AttachedPod): readonly Verdict[] {
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
function takenTwice(entry: StatusEntry, subject: AttachedPod, pods: readonly Json[]): readonly Verdict[] {
  const spansNodes = subject.networks.find(({network}) => network === entry.name)?.spansNodes ?? false
  const others = pods.filter((other) => {
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
