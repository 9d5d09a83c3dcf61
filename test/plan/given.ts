import {readFileSync} from 'node:fs'
import type {ClusterFacts, EngineFacts, Facts} from '../../src/plan/facts.ts'
import type {ClusterSpec} from '../../src/spec/cluster-spec.ts'
import type {Artifact, ArtifactName, ArtifactType} from '../../src/steps/artifact.ts'
import type {KubernetesObject} from '../../src/steps/object.ts'
import {parseYamlStream} from '../../src/yaml.ts'

/** Specs and facts for tests of the plan: a machine with plenty of everything, and no cluster on it. */

const gibibyte = 2 ** 30

export function givenSpec(other: Partial<ClusterSpec> = {}): ClusterSpec {
  return {
    name: 'dev',
    kubernetes: 'auto',
    controlPlanes: 1,
    workers: 2,
    cni: 'cilium',
    multus: 'thin',
    podSubnet: '10.244.0.0/16',
    serviceSubnet: '10.96.0.0/16',
    networks: [{name: 'data', subnet: 'auto'}],
    testNetworks: true,
    ...other,
  }
}

export function givenEngine(other: Partial<EngineFacts> = {}): EngineFacts {
  return {
    name: 'docker',
    version: '28.0.1',
    platform: 'linux/amd64',
    cgroupVersion: '2',
    memory: 16 * gibibyte,
    cpus: 4,
    dataRoot: '/var/lib/docker',
    ...other,
  }
}

export function givenFacts(other: Partial<Facts> = {}): Facts {
  return {
    platform: {os: 'linux', arch: 'amd64', cpus: 4},
    engine: givenEngine(),
    artifacts: bundleArtifacts,
    source: 'bundle',
    bundle: '/bundle',
    manifests: manifests(),
    engineNetworks: [
      {name: 'bridge', subnets: ['172.17.0.0/16'], labels: {}},
      {name: 'kind', subnets: ['172.18.0.0/16', 'fc00:f853:ccd:e793::/64'], labels: {}},
    ],
    hostRoutes: ['192.168.1.0/24'],
    limits: {inotifyInstances: 1024, inotifyWatches: 1_048_576},
    diskFree: 200 * gibibyte,
    kubeconfig: {file: '/home/dev/.kube/config', writable: true},
    clusters: [],
    warmImages: [],
    runId: 'a1b2c3',
    ...other,
  }
}

/** A cluster of ours that runs, made from `givenSpec` with the bundle's versions. */
export function givenCluster(other: Partial<ClusterFacts> = {}): ClusterFacts {
  return {
    name: 'dev',
    nodes: [
      {name: 'dev-control-plane', role: 'control-plane', state: 'running', address: '172.18.0.2'},
      {name: 'dev-worker', role: 'worker', state: 'running', address: '172.18.0.3'},
      {name: 'dev-worker2', role: 'worker', state: 'running', address: '172.18.0.4'},
    ],
    journal: {
      phase: 'complete',
      kubeconfigs: [],
      record: {
        name: 'dev',
        kubernetes: 'v1.34.4',
        controlPlanes: 1,
        workers: 2,
        cni: 'cilium',
        cniVersion: '1.15.19',
        multus: 'thin',
        podSubnet: '10.244.0.0/16',
        serviceSubnet: '10.96.0.0/16',
        networks: [{name: 'data', subnet: '172.30.0.0/24'}],
      },
    },
    networks: [{name: 'data', subnet: '172.30.0.0/24'}],
    ...other,
  }
}

export function givenArtifact(
  name: ArtifactName,
  type: ArtifactType,
  version: string,
  other: Partial<Artifact> = {},
): Artifact {
  const image = type === 'image' || type === 'node-image'
  return {
    name,
    type,
    version,
    platform: 'linux/amd64',
    ...(image ? {reference: references[name] ?? `example.test/${name}:${version}`} : {}),
    origin: {kind: 'bundle', file: `/bundle/${name}`},
    ...other,
  }
}

const references: Partial<Record<ArtifactName, string>> = {
  node: 'k8s-local/node:v1.34.4',
  cilium: 'quay.io/cilium/cilium:v1.15.19',
  'cilium-operator': 'quay.io/cilium/operator-generic:v1.15.19',
  'multus-thin': 'ghcr.io/k8snetworkplumbingwg/multus-cni:v4.3.0',
  'multus-thick': 'ghcr.io/k8snetworkplumbingwg/multus-cni:v4.3.0-thick',
  whereabouts: 'ghcr.io/k8snetworkplumbingwg/whereabouts:v0.9.4',
  probe: 'k8s-local/probe:v1',
}

export const bundleArtifacts: readonly Artifact[] = [
  givenArtifact('kind', 'program', 'v0.33.0'),
  givenArtifact('helm', 'program', 'v3.22.0'),
  givenArtifact('node', 'node-image', 'v1.34.4'),
  givenArtifact('load-balancer', 'image', 'v1.36.2'),
  givenArtifact('cni-plugins', 'archive', 'v1.9.1'),
  givenArtifact('cilium-chart', 'chart', '1.15.19'),
  givenArtifact('cilium', 'image', 'v1.15.19'),
  givenArtifact('cilium-operator', 'image', 'v1.15.19'),
  givenArtifact('calico-manifest', 'manifest', 'v3.32.1'),
  givenArtifact('calico-node', 'image', 'v3.32.1'),
  givenArtifact('calico-cni', 'image', 'v3.32.1'),
  givenArtifact('calico-kube-controllers', 'image', 'v3.32.1'),
  givenArtifact('multus-thin', 'image', 'v4.3.0'),
  givenArtifact('multus-thick', 'image', 'v4.3.0'),
  givenArtifact('whereabouts', 'image', 'v0.9.4'),
  givenArtifact('probe', 'image', 'v1'),
]

/** The same, from registries and download sites; `node` is the list of node images, preferred first. */
export function onlineArtifacts(nodes: readonly string[] = ['v1.36.4', 'v1.37.0', 'v1.34.11']): readonly Artifact[] {
  const others = bundleArtifacts.filter(({name}) => name !== 'node')
  const images = nodes.map((version) =>
    givenArtifact('node', 'node-image', version, {reference: `kindest/node:${version}@sha256:${'0'.repeat(64)}`}),
  )
  return [...others, ...images].map((artifact) => ({
    ...artifact,
    origin: {kind: 'online', source: artifact.reference ?? `https://downloads.example.test/${artifact.name}`},
  }))
}

let read: Readonly<Record<string, readonly KubernetesObject[]>> | undefined

/** Our own manifests, as the run reads them. */
export function manifests(): Readonly<Record<string, readonly KubernetesObject[]>> {
  const paths = [
    'multus/crd.yaml',
    'multus/thin.yaml',
    'multus/thick.yaml',
    'whereabouts/whereabouts.yaml',
    'dhcp/dhcp.yaml',
  ]
  read ??= Object.fromEntries(
    paths.map((path) => [
      path,
      parseYamlStream(
        readFileSync(new URL(`../../manifests/${path}`, import.meta.url), 'utf8'),
      ) as readonly KubernetesObject[],
    ]),
  )
  return read
}
