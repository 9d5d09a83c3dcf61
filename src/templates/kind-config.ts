import {toYaml} from '../to-yaml.ts'

/** What kind's configuration depends on; a ClusterSpec has all of it. */
export interface KindConfigInput {
  readonly name: string
  readonly controlPlanes: number
  readonly workers: number
  /** CIDR. */
  readonly podSubnet: string
  readonly serviceSubnet: string
  /** A folder of this machine that every node sees, read-only. */
  readonly bundle?: {readonly folder: string; readonly onNodes: string}
}

/**
 * kind's configuration as YAML (kind.x-k8s.io/v1alpha4, which kind reads strictly: an unknown key fails). Without kind's own CNI, so
 * nodes become Ready only when ours runs, and `--wait` would never end. The node image is an argument of kind, not part of it.
 */
export function kindConfig({name, controlPlanes, workers, podSubnet, serviceSubnet, bundle}: KindConfigInput): string {
  const mounts = bundle ? {extraMounts: [{hostPath: bundle.folder, containerPath: bundle.onNodes, readOnly: true}]} : {}
  return toYaml({
    apiVersion: 'kind.x-k8s.io/v1alpha4',
    kind: 'Cluster',
    name,
    networking: {ipFamily: 'ipv4', disableDefaultCNI: true, podSubnet, serviceSubnet},
    nodes: [...nodesOf('control-plane', controlPlanes), ...nodesOf('worker', workers)].map((node) => ({
      ...node,
      ...mounts,
    })),
  })
}

function nodesOf(role: 'control-plane' | 'worker', count: number): readonly {readonly role: string}[] {
  return Array.from({length: count}, () => ({role}))
}
