import type {TargetFacts, TargetNetwork, TargetNode, TargetPod} from '../../src/plan/facts.ts'
import {bundleArtifacts, givenCluster, manifests} from './given.ts'

/** A running cluster of one control plane and two workers, with one extra network and no network for pods. */
export function givenTarget(other: Partial<TargetFacts> = {}): TargetFacts {
  const record = givenCluster().journal?.record
  if (!record) throw new Error('the given cluster has a journal')
  return {
    cluster: 'dev',
    ours: true,
    record,
    nodesHere: true,
    nodes: [givenNode('dev-control-plane', 2), givenNode('dev-worker', 3), givenNode('dev-worker2', 4)],
    networks: [],
    pods: [],
    namespaces: ['default', 'kube-system', 'team'],
    artifacts: bundleArtifacts,
    manifests: manifests(),
    plugins: ['bridge', 'host-local', 'macvlan', 'multus', 'static'],
    refusedLinks: {},
    runId: 'a1b2c3',
    ...other,
  }
}

export function givenNode(name: string, place: number, other: Partial<TargetNode> = {}): TargetNode {
  return {
    name,
    role: name.includes('control-plane') ? 'control-plane' : 'worker',
    address: `172.18.0.${place}`,
    ready: true,
    resources: [],
    nics: [{network: 'data', subnet: '172.30.0.0/24', interface: 'eth1', address: `172.30.0.${place}`, mtu: 1500}],
    ...other,
  }
}

/** A network as the API gives it; `config` an object or a text. */
export function givenNetwork(name: string, config: object | string, other: Partial<TargetNetwork> = {}): TargetNetwork {
  return {
    namespace: 'default',
    name,
    config: typeof config === 'string' ? config : JSON.stringify(config),
    nodeConfigs: {},
    annotations: {},
    ...other,
  }
}

export function givenPod(name: string, other: Partial<TargetPod> = {}): TargetPod {
  return {
    namespace: 'default',
    name,
    node: 'dev-worker',
    phase: 'Running',
    ready: true,
    requested: '',
    status: [],
    ...other,
  }
}

/** macvlan on eth1 with whereabouts, of the range given. */
export function macvlanConfig(start: string, end: string, ipam = 'whereabouts'): object {
  const range =
    ipam === 'whereabouts'
      ? {range: '172.30.0.0/24', range_start: start, range_end: end}
      : {ranges: [[{subnet: '172.30.0.0/24', rangeStart: start, rangeEnd: end}]]}
  return {
    cniVersion: '0.3.1',
    type: 'macvlan',
    master: 'eth1',
    mode: 'bridge',
    ...(ipam === 'host-local' ? {capabilities: {ips: true}} : {}),
    ipam: {type: ipam, ...range},
  }
}
