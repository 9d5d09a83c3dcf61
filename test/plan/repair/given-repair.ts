import type {NodeContainer, OnNode, RepairFacts} from '../../../src/plan/repair/repair-facts.ts'
import type {KubernetesObject} from '../../../src/steps/object.ts'
import {givenNetwork, givenNode, givenTarget, macvlanConfig} from '../given-target.ts'

const nodes = ['dev-control-plane', 'dev-worker', 'dev-worker2'] as const

/** A healthy cluster of one control plane and two workers, on the extra network `data`, with one network on it. */
export function givenRepair(other: Partial<RepairFacts> = {}): RepairFacts {
  const target = givenTarget({
    nodes: nodes.map((name, place) => givenNode(name, place + 2)),
    networks: [givenNetwork('blue', macvlanConfig('172.30.0.64', '172.30.0.127'))],
  })
  return {
    ...target,
    containers: nodes.map((name, place) => givenContainer(name, place + 2)),
    engineNetworks: [{name: 'dev-data', network: 'data', subnet: '172.30.0.0/24'}],
    verdicts: [],
    nodeObjects: nodes.map((name) => ({apiVersion: 'v1', kind: 'Node', metadata: {name}, spec: {}})),
    podObjects: nodes.flatMap((node) => [
      daemonPod('kube-multus-ds', node),
      daemonPod('cilium', node),
      daemonPod('whereabouts', node),
    ]),
    deployments: {'team/web-5f': 'web'},
    pools: [],
    reservations: [],
    onNodes: Object.fromEntries(nodes.map((name, place) => [name, givenOnNode(place + 2)])),
    ...other,
  }
}

/** The same with something else on one node. */
export function givenOn(node: (typeof nodes)[number], other: Partial<OnNode>): RepairFacts {
  const facts = givenRepair()
  return {...facts, onNodes: {...facts.onNodes, [node]: {...(facts.onNodes[node] as OnNode), ...other}}}
}

export function givenContainer(name: string, place: number, other: Partial<NodeContainer> = {}): NodeContainer {
  return {
    name,
    role: name.includes('control-plane') ? 'control-plane' : 'worker',
    state: 'running',
    addresses: {
      kind: {ip: `172.18.0.${place}`, mac: `02:42:ac:12:00:0${place}`},
      'dev-data': {ip: `172.30.0.${place}`, mac: `02:42:AC:1E:00:0${place}`},
    },
    ...other,
  }
}

export function givenOnNode(place: number): OnNode {
  return {
    multus: {
      order: {status: 'pass', first: '00-multus.conf', delegate: 'cilium'},
      files: [
        {name: '00-multus.conf', content: '{}'},
        {name: '05-cilium.conflist', content: '{}'},
      ],
    },
    plugins: {macvlan: 'good', multus: 'good', whereabouts: 'good'},
    links: [
      {name: 'eth0', mac: `02:42:ac:12:00:0${place}`, up: true, addresses: [`172.18.0.${place}`]},
      {name: 'eth1', mac: `02:42:ac:1e:00:0${place}`, up: true, addresses: [`172.30.0.${place}`]},
    ],
    podNamespaces: [{macs: ['aa:00:00:00:00:01', 'aa:00:00:00:00:02'], addresses: ['10.244.1.7', '172.30.0.64']}],
    containerIds: ['a'.repeat(64)],
    leases: [],
  }
}

interface PodWish {
  readonly networks?: string
  readonly status?: readonly object[]
  readonly owner?: {readonly kind: string; readonly name: string}
  readonly namespace?: string
  readonly hostNetwork?: boolean
  readonly phase?: string
}

/** A pod that runs on the first worker with all that it asks for. */
export function givenPodObject(name: string, wish: PodWish = {}): KubernetesObject {
  const {
    networks = 'default/blue',
    status = [eth0, net1],
    owner,
    namespace = 'team',
    hostNetwork,
    phase = 'Running',
  } = wish
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace,
      uid: `uid-of-${name}`,
      annotations: {
        'k8s.v1.cni.cncf.io/networks': networks,
        ...(status.length > 0 && {'k8s.v1.cni.cncf.io/network-status': JSON.stringify(status)}),
      },
      ...(owner && {ownerReferences: [{...owner, controller: true}]}),
    },
    spec: {nodeName: 'dev-worker', containers: [{name: 'one', image: 'busybox'}], ...(hostNetwork && {hostNetwork})},
    status: {phase, podIP: '10.244.1.7'},
  }
}

export const eth0 = {name: 'cilium', interface: 'eth0', ips: ['10.244.1.7'], mac: 'aa:00:00:00:00:01', default: true}
export const net1 = {name: 'default/blue', interface: 'net1', ips: ['172.30.0.64'], mac: 'aa:00:00:00:00:02'}

function daemonPod(daemonSet: string, node: string): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `${daemonSet}-on-${node}`,
      namespace: 'kube-system',
      ownerReferences: [{kind: 'DaemonSet', name: daemonSet, controller: true}],
    },
    spec: {nodeName: node, hostNetwork: true},
    status: {phase: 'Running'},
  }
}
