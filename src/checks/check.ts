import type {CniName} from '../catalog/cni/index.ts'
import type {MultusMode} from '../catalog/multus/index.ts'
import type {Action} from '../steps/action.ts'
import type {Evidence, Measure, Probe, Severity, Tier, Verdict} from '../steps/check-request.ts'
import type {Json, KubernetesObject} from '../steps/object.ts'
import type {Need} from './needs.ts'
import type {Surroundings} from './surroundings.ts'

/** How one thing is judged: what to look at, as data, and a pure judgement of what was seen. One file each. */
export interface Judge<S extends Json = Json> {
  readonly title: string
  /**
   * Seconds in which it is looked at again while it fails: for what comes into force late, and for what a busy machine takes away for a moment (a
   * readiness probe that is late once makes a DaemonSet unavailable; seen with Cilium right after its roll-out).
   */
  readonly settleSeconds?: number
  /** Its probes are looked at one after another: they measure, and would disturb each other. */
  readonly oneByOne?: boolean
  /** Names the subject in the report: a node, a network, `a -> b`. */
  label(subject: S): string
  probes(subject: S): Readonly<Record<string, Probe>>
  judge(evidence: Evidence, subject: S): Verdict
}

/** One thing that `verify` proves of any cluster. */
export interface Check<S extends Json = Json> extends Judge<S> {
  /** Its number in docs/checks.md, such as `A03`: the group and its place there. */
  readonly id: string
  readonly tier: Tier
  /** `warning`: a failure of it is reported as a warning, and does not fail the run. */
  readonly severity: Severity
  /** What must be there for it to mean anything; what is lacking is the reason of a skip. */
  readonly needs?: readonly Need[]
  /** It judges the primary CNI or its network, so it waits until that is rolled out. */
  readonly usesCni?: boolean
  /** It looks at services and their names, so it waits until CoreDNS runs. */
  readonly usesServices?: boolean
  /** One per thing to judge, or why there is none. */
  subjects(scene: Scene): readonly S[] | Skip
  /** Objects that it wants in the namespace of the run, made before it looks and removed with the namespace. */
  props?(subject: S, stage: Stage): readonly KubernetesObject[]
  /**
   * What is done to the cluster before it looks, one after another; no other check looks meanwhile. Only for the full tier. None: it only has to be alone,
   * because it measures.
   */
  ordeal?(subject: S, stage: Stage): readonly Deed[]
  /** What it looks at while the ordeal lasts, as subjects of its own. */
  meanwhile?(subject: S): readonly S[]
}

/** Why a check has nothing to look at, in a sentence without a full stop. */
export interface Skip {
  readonly skip: string
}

/** Where props stand. */
export interface Stage {
  readonly namespace: string
  readonly runId: string
  /** `registry/name:tag` of the image with network tools. */
  readonly image: string
  /** The objects of the Multus that k8s-local installs here, without the type of networks; none where there is none. */
  readonly multus: readonly KubernetesObject[]
}

/** One part of an ordeal. */
export interface Deed {
  readonly title: string
  readonly action: Action
}

/** What verify works on, known before it looks: the record of the cluster, its nodes, its networks, and the probe pods that will be there. */
export interface Scene {
  readonly cluster: string
  readonly nodes: readonly SceneNode[]
  /** Every node is a container of this machine's engine. */
  readonly nodesHere: boolean
  /** `other` for one that k8s-local does not know. */
  readonly cni: CniName | 'other'
  /** Where the CNI's workloads run, if not where `create` has them run. */
  readonly cniNamespace?: string
  readonly multus: MultusMode | 'none'
  /** Where Multus runs, if not where upstream and `create` have it run. */
  readonly multusSet?: MultusSet
  /** Folder of the nodes that Multus uses in place of /etc/cni/net.d or /opt/cni/bin, as some distributions have it. */
  readonly otherFolder?: string
  readonly networks: readonly SceneNetwork[]
  /** Namespace of the probe pods. */
  readonly namespace: string
  readonly pods: readonly ScenePod[]
  readonly nodeAccess: NodeAccess
  /** Namespaces whose networks every pod may use, where Multus lets pods use only those and their own. */
  readonly isolation?: {readonly shared: readonly string[]}
  /** Absent for a cluster that is still to be made, and where only what is essential is looked at. */
  readonly surroundings?: Surroundings
  /** Why nothing of it may be restarted or removed for a proof; absent: it may. */
  readonly spared?: string
  /** k8s-local did not make it on this machine. */
  readonly foreign?: boolean
  /** The value of the run's label. */
  readonly runId?: string
  /** `registry/name:tag` of the image of the probe pods, where they are started. */
  readonly image?: string
  /** What was measured before, to compare with. */
  readonly baseline?: Baseline
}

/** Measures of an earlier run, by name, and how much worse a measure may be. */
export type Baseline = {
  readonly file: string
  readonly measures: readonly Measure[]
  /** 0.2: a fifth worse is a failure. */
  readonly tolerance: number
}

/** How programs run on nodes: in the node's container, in a privileged pod of this run on each node, or not at all. */
export type NodeAccess =
  | {readonly by: 'engine'}
  | {readonly by: 'pods'; readonly namespace: string}
  | {readonly by: 'none'; readonly reason: string}

/** The DaemonSet of Multus. */
export type MultusSet = {
  readonly namespace: string
  readonly name: string
  /** Labels of its pods, as a query of the API has them: `app=multus`. */
  readonly selector: string
}

export interface SceneNode {
  readonly name: string
  readonly role: 'control-plane' | 'worker'
  /** The address that the engine gave it on kind's own network. */
  readonly address: string
  /** Its NICs on extra networks of the engine. */
  readonly nics?: readonly NodeNic[]
}

export type NodeNic = {
  readonly interface: string
  readonly address: string
}

export interface SceneNetwork {
  readonly namespace: string
  readonly name: string
  /** Plugin type of the first plugin; `unknown` where the configuration cannot be read. */
  readonly type: string
  /** `spec.config` as text; empty where the configuration lies in files on the nodes. */
  readonly config: string
  /** Its configuration lies in files on the nodes, and nobody could read them: it is unknown. */
  readonly unread?: true
  /** Text of the configuration file on each node, where `config` is empty. */
  readonly nodeConfigs?: Readonly<Record<string, string>>
  readonly spansNodes: boolean
  /** Plugin binaries that its configuration names (main, chained, IPAM). */
  readonly plugins: readonly string[]
}

export interface ScenePod {
  readonly name: string
  readonly node: string
  /** `namespace/name` of each network, in order. */
  readonly networks: readonly string[]
}
