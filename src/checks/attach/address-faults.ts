import {contains, parseAddress} from '../../spec/cidr.ts'
import type {Verdict} from '../../steps/check-request.ts'
import type {Json} from '../../steps/object.ts'
import {textAt} from '../json-path.ts'
import {mayHandOut, type NetworkConfig, parseNetworkConfig} from '../network-config.ts'
import {networkStatusOf, type StatusEntry} from '../network-status.ts'
import type {AttachedPod} from './attached-pod.ts'

/** Where an interface has no address though its network hands them out, or one that the network never hands out. */
export function outOfRange(entry: StatusEntry, {networks}: AttachedPod): readonly Verdict[] {
  const config = parseNetworkConfig(networks.find(({network}) => network === entry.name)?.config ?? '')
  if ('fault' in config) return []
  if (config.ipam !== undefined && entry.ips.length === 0)
    return [
      {
        status: 'fail',
        summary: `${entry.interface} got no address, though ${config.ipam} hands out addresses on ${entry.name}`,
      },
    ]
  return entry.ips.flatMap((ip): readonly Verdict[] => {
    const words = whyNeverHandedOut(ip, config)
    return words === undefined
      ? []
      : [{status: 'fail', summary: `${ip} on ${entry.interface} is ${words} ${entry.name}`}]
  })
}

/** The same address on another pod of the same layer 2, `pods` being all pods of the cluster: host-local with one range for all nodes does that, silently. */
export function takenTwice(entry: StatusEntry, subject: AttachedPod, pods: readonly Json[]): readonly Verdict[] {
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

/** Who answered a pod's question for its own address, by what arping printed (`Unicast reply from 172.30.0.4 [02:42:…]`): nobody may. */
export function answeredByOthers(entry: StatusEntry, printed: string): readonly Verdict[] {
  const [, address, mac] = /reply from (\S+) \[([0-9a-f:]{17})\]/i.exec(printed) ?? []
  if (address === undefined || mac === undefined || mac.toLowerCase() === entry.mac) return []
  return [
    {
      status: 'fail',
      summary: `${address} on ${entry.interface} of ${entry.name} is also answered by ${mac.toLowerCase()}`,
      cause: 'something else on the network has the address: a machine, a node, or a pod of another range',
      fix: `find it: bridge fdb show | grep ${mac.toLowerCase()} on each node; then give one of them another range`,
    },
  ]
}

function whyNeverHandedOut(ip: string, config: NetworkConfig): string | undefined {
  const address = parseAddress(ip)
  if (config.pools.some(({gateway}) => gateway === ip)) return 'the gateway of'
  if (address && config.pools.some(({excluded = []}) => excluded.some((part) => contains(part, address))))
    return 'in an excluded part of the range of'
  const hasFamily = config.pools.some(({subnet}) => subnet.base.family === address?.family)
  return hasFamily && !mayHandOut(config, ip) ? 'outside the range of' : undefined
}
