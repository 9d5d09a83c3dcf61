import type {ClusterRecord} from '../../steps/action.ts'
import type {KubernetesObject} from '../../steps/object.ts'
import {readRecord, recordRef} from '../../templates/record.ts'
import {networksOf} from '../observe-clusters.ts'
import type {TargetLooker} from './target-looker.ts'

/** What we recorded of the cluster: in the cluster, else on this machine; else what can be seen. */
export async function observeRecord(looker: TargetLooker, journal: ClusterRecord | undefined): Promise<ClusterRecord> {
  const recorded = readRecord(await looker.kubernetes.read(recordRef, looker.signal))
  return recorded ?? journal ?? (await detect(looker))
}

async function detect(looker: TargetLooker): Promise<ClusterRecord> {
  const {kubernetes, signal, nodes, cluster} = looker
  const [daemonSets, config] = await Promise.all([
    kubernetes.list({apiVersion: 'apps/v1', kind: 'DaemonSet'}, signal),
    kubernetes.read({apiVersion: 'v1', kind: 'ConfigMap', namespace: 'kube-system', name: 'kubeadm-config'}, signal),
  ])
  const controlPlanes = nodes.filter(
    ({metadata}) => metadata.labels?.['node-role.kubernetes.io/control-plane'] !== undefined,
  ).length
  return {
    name: cluster,
    kubernetes: kubeletVersion(nodes),
    controlPlanes,
    workers: nodes.length - controlPlanes,
    ...detectCni(daemonSets),
    multus: detectMultus(daemonSets),
    podSubnet: subnetIn(config, 'podSubnet'),
    serviceSubnet: subnetIn(config, 'serviceSubnet'),
    networks: networksOf(cluster, looker.engineNetworks),
  }
}

function detectCni(daemonSets: readonly KubernetesObject[]): Pick<ClusterRecord, 'cni' | 'cniVersion'> {
  const known = {cilium: 'cilium', 'calico-node': 'calico', kindnet: 'kindnet'} as const
  for (const [name, cni] of Object.entries(known)) {
    const found = daemonSets.find(({metadata}) => metadata.name === name)
    if (found) return {cni, cniVersion: /:v?([\d.]+)/.exec(imageOf(found))?.[1] ?? 'unknown'}
  }
  return {cni: 'unknown', cniVersion: 'unknown'}
}

/** Upstream's DaemonSets of both modes are called kube-multus-ds; the image or the command tells them apart. */
function detectMultus(daemonSets: readonly KubernetesObject[]): string {
  const found = daemonSets.find(({metadata}) => metadata.name.startsWith('kube-multus-ds'))
  if (!found) return 'none'
  return /thick|multus-daemon/.test(JSON.stringify(found['spec'])) ? 'thick' : 'thin'
}

function imageOf(daemonSet: KubernetesObject): string {
  const {template} = (daemonSet['spec'] ?? {}) as {
    readonly template?: {readonly spec?: {readonly containers?: readonly {readonly image?: string}[]}}
  }
  return template?.spec?.containers?.[0]?.image ?? ''
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
