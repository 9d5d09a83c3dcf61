import type {ClusterSpec, NodeNetwork} from '../spec/cluster-spec.ts'
import {addressText, type Cidr, cidrText, nthAddress, parseCidr} from '../spec/cidr.ts'
import {cnis} from '../catalog/cni/index.ts'
import type {ClusterRecord} from '../steps/action.ts'
import {nodeNames} from '../templates/node-names.ts'
import {bundleOnNodes} from './bundle-on-nodes.ts'
import {type ArtifactChoice, chooseArtifacts} from './choose-artifacts.ts'
import {chooseSubnets} from './choose-subnets.ts'
import {type Existing, networkLabels} from './existing-cluster.ts'
import type {Facts} from './facts.ts'
import {nodeRangeOf} from './node-range.ts'
import {mergeReports, type Report} from './preflight-finding.ts'
import type {ResolvedCluster, ResolvedNode, ResolvedNodeNetwork} from './resolved-cluster.ts'
import {plainVersion} from './version-findings.ts'
import {chooseWarmImage} from './warm/choose-warm-image.ts'

export interface ClusterWish {
  readonly spec: ClusterSpec
  /** Probe pods will be started. */
  readonly probe: boolean
  /** Nodes may start from a warm node image that is there. */
  readonly warm: boolean
}

export interface Resolution extends Report {
  /** Complete only when there are no findings. */
  readonly cluster: ResolvedCluster
}

/** Decides everything that the spec leaves open, from what this machine offers and from what exists of the cluster. */
export function resolveCluster(
  {spec, probe, warm: mayBeWarm}: ClusterWish,
  facts: Facts,
  existing: Existing,
): Resolution {
  const record = existing.state === 'ours' ? existing.record : undefined
  const kept = record === undefined ? {} : {record}
  const choice = chooseArtifacts({spec, facts, probe, ...kept})
  const subnets = chooseSubnets(spec, facts, record)
  const names = nodeNames(spec)
  const nodes: readonly ResolvedNode[] = [
    ...names.controlPlanes.map((name) => ({name, role: 'control-plane' as const})),
    ...names.workers.map((name) => ({name, role: 'worker' as const})),
  ]
  const versions = versionsOf(spec, choice)
  const bundle = bundleOnNodes(facts)
  // Of nodes that run nobody knows what they were made from: what they hold is looked up.
  const {warm, notes} = mayBeWarm && !record ? chooseWarmImage({...spec, artifacts: choice.artifacts}, facts) : cold
  const {name, controlPlanes, workers, cni, multus, podSubnet, serviceSubnet, testNetworks} = spec
  const cluster: ResolvedCluster = {
    name,
    controlPlanes,
    workers,
    cni,
    multus,
    podSubnet,
    serviceSubnet,
    testNetworks,
    ...versions,
    nodes,
    networks: subnets.networks.map((network, index) => toNodeNetwork(name, network, nodes, index)),
    artifacts: choice.artifacts,
    ...(bundle && {bundle}),
    ...(warm && {warm}),
    record: toRecord(spec, versions, subnets.networks),
  }
  return {cluster, ...mergeReports(choice, subnets, {findings: [], notes})}
}

const cold: ReturnType<typeof chooseWarmImage> = {notes: []}

function versionsOf({cni}: ClusterSpec, {artifacts}: ArtifactChoice) {
  return {
    kubernetes: artifacts.node?.version ?? '',
    cniVersion: plainVersion(artifacts[cnis[cni].versionOf]?.version ?? ''),
  }
}

function toNodeNetwork(
  cluster: string,
  network: NodeNetwork,
  nodes: readonly ResolvedNode[],
  index: number,
): ResolvedNodeNetwork {
  const subnet = parseCidr(network.subnet) as Cidr
  return {
    network: network.name,
    name: `${cluster}-${network.name}`,
    subnet: network.subnet,
    nodeRange: cidrText(nodeRangeOf(subnet)),
    labels: {[networkLabels.cluster]: cluster, [networkLabels.network]: network.name},
    // The first address is the engine's.
    addresses: Object.fromEntries(nodes.map((node, place) => [node.name, addressText(nthAddress(subnet, place + 2))])),
    interface: `eth${index + 1}`,
  }
}

function toRecord(
  spec: ClusterSpec,
  versions: Pick<ClusterRecord, 'kubernetes' | 'cniVersion'>,
  networks: readonly NodeNetwork[],
): ClusterRecord {
  const {name, controlPlanes, workers, cni, multus, podSubnet, serviceSubnet} = spec
  return {
    name,
    kubernetes: versions.kubernetes,
    controlPlanes,
    workers,
    cni,
    cniVersion: versions.cniVersion,
    multus,
    podSubnet,
    serviceSubnet,
    networks: networks.map((network) => ({name: network.name, subnet: network.subnet})),
  }
}
