import type {SceneHost} from '../checks/surroundings.ts'
import type {MultusSet} from '../checks/check.ts'
import type {LintFacts} from '../lint/scene.ts'
import type {Artifact} from '../steps/artifact.ts'
import type {ClusterRecord} from '../steps/action.ts'
import type {KubernetesObject} from '../steps/object.ts'

/** What was observed before planning. All of it is data: a plan is a pure function of the spec and of these. */
export interface Facts {
  readonly platform: {readonly os: string; readonly arch: 'amd64' | 'arm64'; readonly cpus: number}
  readonly engine: EngineFacts
  /** Every artifact that can be had, bundle first. */
  readonly artifacts: readonly Artifact[]
  readonly source: 'online' | 'bundle'
  /** Absolute path of the bundle's folder, where the source is one. */
  readonly bundle?: string
  /** Objects of the files below `manifests/`, by path (`multus/thin.yaml`). */
  readonly manifests: Readonly<Record<string, readonly KubernetesObject[]>>
  readonly engineNetworks: readonly {
    readonly name: string
    readonly subnets: readonly string[]
    readonly labels: Readonly<Record<string, string>>
  }[]
  /** Destinations of the host's own routes, CIDR; the default route left out. Empty where the host cannot tell. */
  readonly hostRoutes: readonly string[]
  readonly limits: {readonly inotifyInstances?: number; readonly inotifyWatches?: number}
  /** Bytes free where the engine keeps its data; absent where it cannot be seen. */
  readonly diskFree?: number
  readonly kubeconfig: {readonly file: string; readonly writable: boolean; readonly reason?: string}
  readonly clusters: readonly ClusterFacts[]
  /** Images of the engine that are called or labelled as warm node images. */
  readonly warmImages: readonly WarmImageFacts[]
  /** Short random text that labels everything a verify run makes. Absent: `create`. */
  readonly runId?: string
}

export interface EngineFacts {
  readonly name: 'docker'
  readonly version: string
  /** `linux/amd64`. */
  readonly platform: string
  readonly cgroupVersion: '1' | '2'
  /** Bytes. */
  readonly memory: number
  readonly cpus: number
  /** The engine's data directory, and whether it lies on this machine. */
  readonly dataRoot: string
}

export interface WarmImageFacts {
  readonly id: string
  /** All its names; none for one that lost its name to another. */
  readonly references: readonly string[]
  readonly labels: Readonly<Record<string, string>>
  /** Bytes, with what it shares with the plain node image. */
  readonly size: number
}

/** A kind cluster that exists, whole or half. */
export interface ClusterFacts {
  readonly name: string
  readonly nodes: readonly {
    readonly name: string
    readonly role: 'control-plane' | 'worker'
    readonly state: string
    readonly address: string
  }[]
  /** What our journal says; absent for a cluster that we did not make. */
  readonly journal?: {
    readonly record: ClusterRecord
    readonly phase: 'creating' | 'created' | 'complete'
    /** The user's files that got its context. */
    readonly kubeconfigs: readonly string[]
  }
  /** The process of ours that works on it now. */
  readonly worker?: {readonly pid: number; readonly host: string}
  readonly networks: readonly {readonly name: string; readonly subnet: string}[]
}

/** What was observed of one running cluster, for everything that works on it: net, pod, verify, status. */
export interface TargetFacts {
  readonly cluster: string
  /** k8s-local made it, on this machine. */
  readonly ours: boolean
  /** What we recorded of it; for a cluster that we did not make, what could be detected. */
  readonly record: ClusterRecord
  /** Where its networking runs, for a cluster that we did not make. */
  readonly detected?: Detected
  /**
   * Every node is a container of this machine's engine. Where they are not, nobody has looked at them: `plugins`, `refusedLinks`, NICs and the
   * configurations in files on nodes are empty then, and that means unknown.
   */
  readonly nodesHere: boolean
  readonly nodes: readonly TargetNode[]
  readonly networks: readonly TargetNetwork[]
  readonly pods: readonly TargetPod[]
  readonly namespaces: readonly string[]
  readonly artifacts: readonly Artifact[]
  readonly manifests: Readonly<Record<string, readonly KubernetesObject[]>>
  /** Plugin binaries present on every node. */
  readonly plugins: readonly string[]
  /** Links of the catalog that the nodes' kernel does not make, by kind, each with the kernel's words; empty where nobody could look. */
  readonly refusedLinks: Readonly<Record<string, string>>
  /** Namespaces whose networks every pod may use, where Multus lets pods use only those and their own; absent: all may be used. */
  readonly isolation?: {readonly shared: readonly string[]}
  /** Short random text that labels everything a verify run makes. */
  readonly runId: string
  /** Only where verify asks. */
  readonly surroundings?: SurroundingFacts
}

/** What only verify wants to know. */
export interface SurroundingFacts {
  readonly lint: LintFacts
  /** Pods that ask for networks, whole, without those of runs of verify. */
  readonly pods: readonly KubernetesObject[]
  /** Absent where the nodes are not containers of an engine on this machine. */
  readonly host?: Pick<SceneHost, 'engine' | 'diskFree' | 'limits' | 'nodeNetworks'>
}

/** What was found in a cluster that carries no record of ours. */
export interface Detected {
  /** Namespace of the primary CNI's workloads; absent where none was found. */
  readonly cniNamespace?: string
  /** Absent without Multus. */
  readonly multusSet?: MultusSet
  /** Of the nodes, where Multus does not use the usual ones. */
  readonly otherFolder?: string
}

export interface TargetNode {
  readonly name: string
  readonly role: 'control-plane' | 'worker'
  /** On kind's own network, by the engine. */
  readonly address: string
  readonly ready: boolean
  /** Extended resources that it advertises at least one of. */
  readonly resources: readonly string[]
  /** NICs on our engine networks, found by address and never by name. */
  readonly nics: readonly {
    readonly network: string
    readonly subnet: string
    readonly interface: string
    readonly address: string
    readonly mtu: number
  }[]
}

export interface TargetNetwork {
  readonly namespace: string
  readonly name: string
  /** `spec.config` as text; empty where it lies in files on the nodes (then `nodeConfigs` has each node's text). */
  readonly config: string
  readonly nodeConfigs: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
}

export interface TargetPod {
  readonly namespace: string
  readonly name: string
  readonly node: string
  readonly phase: string
  readonly ready: boolean
  /** Text of the annotation `k8s.v1.cni.cncf.io/networks`; empty where absent. */
  readonly requested: string
  /** Decoded `k8s.v1.cni.cncf.io/network-status`; empty where absent. */
  readonly status: readonly NetworkStatus[]
}

/** One entry of network-status, as network-attachment-definition-client v1.7 writes it. */
export interface NetworkStatus {
  readonly name: string
  readonly interface?: string
  readonly ips?: readonly string[]
  readonly mac?: string
  readonly mtu?: number
  readonly default?: boolean
}
