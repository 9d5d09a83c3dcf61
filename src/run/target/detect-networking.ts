import type {Detected} from '../../plan/facts.ts'
import type {ClusterRecord} from '../../steps/action.ts'
import type {KubernetesObject} from '../../steps/object.ts'
import {selectorOf} from './observe-workload.ts'

/** What a cluster's DaemonSets say of its networking. */
export interface DetectedNetworking extends Pick<ClusterRecord, 'cni' | 'cniVersion' | 'multus'> {
  readonly detected: Detected
}

/** The primary CNI and Multus, wherever in the cluster their DaemonSets run; `unknown` and `none` for what is not among them. */
export function detectNetworking(daemonSets: readonly KubernetesObject[]): DetectedNetworking {
  const cni = agents.flatMap(([name, title]) => {
    const found = daemonSets.find(({metadata}) => metadata.name === name)
    return found ? [{found, title}] : []
  })[0]
  const multus = daemonSets.find(isMultus)
  const otherFolder = multus && foldersOf(multus).find((folder) => !usualFolders.includes(folder))
  return {
    cni: cni?.title ?? 'unknown',
    cniVersion: /:v?(\d[\d.]*)/.exec(imagesOf(cni?.found)[0] ?? '')?.[1] ?? 'unknown',
    multus: multus ? modeOf(multus) : 'none',
    detected: {
      ...(cni && {cniNamespace: cni.found.metadata.namespace ?? ''}),
      ...(otherFolder !== undefined && {otherFolder}),
      ...(multus && {
        multusSet: {
          namespace: multus.metadata.namespace ?? '',
          name: multus.metadata.name,
          selector: selectorOf(multus),
        },
      }),
    },
  }
}

const usualFolders: readonly string[] = ['/etc/cni/net.d', '/opt/cni/bin']

/** Folders of the nodes for configurations and plugins, as far as the DaemonSet mounts them. */
function foldersOf(daemonSet: KubernetesObject): readonly string[] {
  const {template} = (daemonSet['spec'] ?? {}) as {
    readonly template?: {readonly spec?: {readonly volumes?: readonly {readonly hostPath?: {readonly path: string}}[]}}
  }
  const paths = (template?.spec?.volumes ?? []).flatMap(({hostPath}) => hostPath?.path.replace(/\/$/, '') ?? [])
  return paths.filter((path) => /\/cni\/(?:net\.d|bin)$/.test(path))
}

/** The DaemonSet of each CNI's agent, as its project installs it, and the name that the CNI goes by. */
const agents = [
  ['cilium', 'cilium'],
  ['calico-node', 'calico'],
  ['kindnet', 'kindnet'],
  ['kube-flannel-ds', 'flannel'],
  ['canal', 'canal'],
  ['weave-net', 'weave'],
  ['antrea-agent', 'antrea'],
  ['kube-ovn-cni', 'kube-ovn'],
  ['ovnkube-node', 'ovn-kubernetes'],
  ['kube-router', 'kube-router'],
  ['aws-node', 'aws-vpc-cni'],
] as const

/** Upstream calls it kube-multus-ds in both modes; distributions have names of their own, and nearly all the word `multus` in them. */
function isMultus(daemonSet: KubernetesObject): boolean {
  const name = daemonSet.metadata.name
  if (/whereabouts|dhcp/.test(name)) return false
  return name.startsWith('kube-multus-ds') || (/multus/.test(name) && imagesOf(daemonSet).some(isMultusImage))
}

function isMultusImage(image: string): boolean {
  return /multus/.test(image)
}

/** The image or the command tells the modes apart. */
function modeOf(daemonSet: KubernetesObject): 'thin' | 'thick' {
  return /thick|multus-daemon/.test(JSON.stringify(daemonSet['spec'])) ? 'thick' : 'thin'
}

function imagesOf(daemonSet: KubernetesObject | undefined): readonly string[] {
  const {template} = (daemonSet?.['spec'] ?? {}) as {
    readonly template?: {readonly spec?: {readonly containers?: readonly {readonly image?: string}[]}}
  }
  return (template?.spec?.containers ?? []).map(({image = ''}) => image)
}
