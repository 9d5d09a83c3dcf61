import {at, listAt, textAt} from '../../checks/json-path.ts'
import type {Json} from '../../steps/object.ts'
import type {Collector, Look} from '../collector.ts'
import {isAgent, isAnnotated} from '../telling-pods.ts'

/** Objects of the API: networks, what they hand out, what Multus and the CNI are told, and what went wrong lately. */
export const clusterObjects: Collector = () => looks.map(({path, ...look}) => ({...look, probe: {type: 'api', path}}))

const whereabouts = '/apis/whereabouts.cni.cncf.io/v1alpha1'
const settings = '/api/v1/namespaces/kube-system/configmaps'

const looks: readonly (Omit<Look, 'probe'> & {readonly path: string})[] = [
  {file: 'cluster/version.json', title: 'version of the API server', path: '/version'},
  {file: 'cluster/nodes.json', title: 'Nodes', path: '/api/v1/nodes', pick: withoutImages},
  {file: 'cluster/events.json', title: 'events', path: '/api/v1/events?limit=2000'},
  {
    file: 'cluster/networks.json',
    title: 'NetworkAttachmentDefinitions',
    path: '/apis/k8s.cni.cncf.io/v1/network-attachment-definitions',
    optional: true,
  },
  {
    file: 'cluster/pods.json',
    title: 'pods that ask for networks, with network-status, and the pods of agents',
    path: '/api/v1/pods',
    pick: (answer) => ({items: listAt(answer, 'items').filter((pod) => isAnnotated(pod) || isAgent(pod))}),
  },
  {
    file: 'cluster/pods.txt',
    title: 'all pods: namespace, name, node, phase, restarts',
    path: '/api/v1/pods',
    pick: (answer) => listAt(answer, 'items').map(podLine).join('\n'),
  },
  {file: 'cluster/daemonsets.json', title: 'DaemonSets', path: '/apis/apps/v1/daemonsets'},
  {file: 'cluster/ippools.json', title: 'leases of whereabouts', path: `${whereabouts}/ippools`, optional: true},
  {
    file: 'cluster/overlapping-ranges.json',
    title: 'addresses that whereabouts reserves in all pools',
    path: `${whereabouts}/overlappingrangeipreservations`,
    optional: true,
  },
  {
    file: 'cluster/multus-daemon.json',
    title: 'what thick Multus is told',
    path: `${settings}/multus-daemon-config`,
    optional: true,
  },
  {
    file: 'cluster/cilium-config.json',
    title: 'what Cilium is told',
    path: `${settings}/cilium-config`,
    optional: true,
  },
  {
    file: 'cluster/calico-config.json',
    title: 'what Calico is told',
    path: `${settings}/calico-config`,
    optional: true,
  },
  {
    file: 'cluster/k8s-local.json',
    title: 'the record of k8s-local',
    path: '/api/v1/namespaces/kube-public/configmaps/k8s-local',
    optional: true,
  },
]

/** The list of images on each node is the longest part of a Node, and tells nothing of networks. */
function withoutImages(answer: Json): Json {
  const items = listAt(answer, 'items').map((node): Json => {
    const status = at(node, 'status') as Readonly<Record<string, Json>> | undefined
    return {...(node as Readonly<Record<string, Json>>), status: {...status, images: []}}
  })
  return {...(answer as Readonly<Record<string, Json>>), items}
}

function podLine(pod: Json): string {
  const restarts = listAt(pod, 'status', 'containerStatuses').map((one) => Number(at(one, 'restartCount') ?? 0))
  return [
    textAt(pod, 'metadata', 'namespace'),
    textAt(pod, 'metadata', 'name'),
    textAt(pod, 'spec', 'nodeName') ?? '-',
    textAt(pod, 'status', 'phase'),
    restarts.reduce((sum, count) => sum + count, 0),
  ].join('\t')
}
