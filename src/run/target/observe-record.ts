import type {Detected} from '../../plan/facts.ts'
import {detectionLooks, targetLooks} from '../../plan/rights/observation.ts'
import type {ClusterRecord} from '../../steps/action.ts'
import type {KubernetesObject} from '../../steps/object.ts'
import {readRecord} from '../../templates/record.ts'
import {networksOf} from '../observe-clusters.ts'
import {detectNetworking} from './detect-networking.ts'
import type {TargetLooker} from './target-looker.ts'

export interface ObservedRecord {
  readonly record: ClusterRecord
  /** Absent where the record is ours. */
  readonly detected?: Detected
}

/** What we recorded of the cluster: in the cluster, else on this machine; else what can be seen. */
export async function observeRecord(looker: TargetLooker, journal: ClusterRecord | undefined): Promise<ObservedRecord> {
  const recorded = readRecord(await looker.kubernetes.read(targetLooks.record, looker.signal)) ?? journal
  return recorded ? {record: recorded} : detect(looker)
}

async function detect(looker: TargetLooker): Promise<ObservedRecord> {
  const {kubernetes, signal, nodes, cluster} = looker
  const [daemonSets, config] = await Promise.all([
    kubernetes.list(detectionLooks.daemonSets, signal),
    kubernetes.read(detectionLooks.kubeadm, signal),
  ])
  const controlPlanes = nodes.filter(
    ({metadata}) => metadata.labels?.['node-role.kubernetes.io/control-plane'] !== undefined,
  ).length
  const {detected, ...networking} = detectNetworking(daemonSets)
  return {
    detected,
    record: {
      name: cluster,
      kubernetes: kubeletVersion(nodes),
      controlPlanes,
      workers: nodes.length - controlPlanes,
      ...networking,
      podSubnet: subnetIn(config, 'podSubnet'),
      serviceSubnet: subnetIn(config, 'serviceSubnet'),
      networks: networksOf(cluster, looker.engineNetworks),
    },
  }
}

function kubeletVersion([node]: readonly KubernetesObject[]): string {
  const {nodeInfo} = (node?.['status'] ?? {}) as {readonly nodeInfo?: {readonly kubeletVersion?: string}}
  return nodeInfo?.kubeletVersion ?? 'unknown'
}

/** kubeadm keeps its ClusterConfiguration as YAML text in a ConfigMap; IPv4 comes first where there are two. */
function subnetIn(config: KubernetesObject | undefined, key: string): string {
  const {ClusterConfiguration: text = ''} = (config?.['data'] ?? {}) as {readonly ClusterConfiguration?: string}
  return new RegExp(`^\\s*${key}:\\s*([^\\s,]+)`, 'm').exec(text)?.[1] ?? ''
}
