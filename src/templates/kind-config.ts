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
    kubeadmConfigPatches: ellipticKeys.map(toYaml),
    nodes: [...nodesOf('control-plane', controlPlanes), ...nodesOf('worker', workers)].map((node) => ({
      ...node,
      ...mounts,
    })),
  })
}

/**
 * kubeadm makes some sixteen keys one after another before anything starts: RSA takes seconds of a slow core, elliptic curves none. Kubernetes 1.36 says it by
 * a field of v1beta4, older ones by a feature gate (kubeadm features.go, deprecated and there as long as v1beta3 is). kind applies a patch to documents of its
 * version and passes over the others (kind 0.33, internal/patch/kubeyaml.go).
 */
const ellipticKeys = [
  {
    apiVersion: 'kubeadm.k8s.io/v1beta3',
    kind: 'ClusterConfiguration',
    featureGates: {PublicKeysECDSA: true},
  },
  {
    apiVersion: 'kubeadm.k8s.io/v1beta4',
    kind: 'ClusterConfiguration',
    encryptionAlgorithm: 'ECDSA-P256',
  },
] as const

function nodesOf(role: 'control-plane' | 'worker', count: number): readonly {readonly role: string}[] {
  return Array.from({length: count}, () => ({role}))
}
