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
    kubeadmConfigPatches: quickStart(controlPlanes).map(toYaml),
    nodes: [...nodesOf('control-plane', controlPlanes), ...nodesOf('worker', workers)].map((node) => ({
      ...node,
      ...mounts,
    })),
  })
}

/**
 * What kubeadm is told so that a cluster starts sooner; arguments are a map in v1beta3, and a list of v1beta4 since Kubernetes 1.36. kind applies a patch to the
 * documents of its version and passes over the others (kind 0.33, internal/patch/kubeyaml.go).
 *
 * - Elliptic keys: some sixteen are made one after another before anything starts, and RSA takes seconds of a slow core. In v1beta3 by a feature gate that is
 *   there as long as that version is (kubeadm features.go).
 * - The controller manager starts its controllers with some three requests each, twenty a second: 4 s until any of them works (seen with Kubernetes 1.34). Until
 *   then no DaemonSet has pods, and the token by which nodes join is not signed, for which kubeadm looks every 5 s.
 * - No election where nobody else can be elected: the first attempt meets an API server that has no roles yet, the next comes 2 to 4 s later.
 */
function quickStart(controlPlanes: number): readonly unknown[] {
  const kind = 'ClusterConfiguration'
  const election = controlPlanes === 1 ? {'leader-elect': 'false'} : {}
  const manager = {'kube-api-qps': '100', 'kube-api-burst': '200', ...election}
  return [
    {
      apiVersion: 'kubeadm.k8s.io/v1beta3',
      kind,
      featureGates: {PublicKeysECDSA: true},
      controllerManager: {extraArgs: manager},
      scheduler: {extraArgs: election},
    },
    {
      apiVersion: 'kubeadm.k8s.io/v1beta4',
      kind,
      encryptionAlgorithm: 'ECDSA-P256',
      // A patch replaces a whole list: the first argument is kind's own.
      controllerManager: {extraArgs: listed({'enable-hostpath-provisioner': 'true', ...manager})},
      scheduler: {extraArgs: listed(election)},
    },
  ]
}

function listed(args: Readonly<Record<string, string>>): readonly unknown[] {
  return Object.entries(args).map(([name, value]) => ({name, value}))
}

function nodesOf(role: 'control-plane' | 'worker', count: number): readonly {readonly role: string}[] {
  return Array.from({length: count}, () => ({role}))
}
