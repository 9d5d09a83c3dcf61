import type {CniName} from '../catalog/cni/index.ts'
import type {MultusMode} from '../catalog/multus/index.ts'
import type {Evidence, Probe, Verdict} from '../steps/check-request.ts'
import type {Json} from '../steps/object.ts'

/** How one thing is judged: what to look at, as data, and a pure judgement of what was seen. One file each. */
export interface Judge<S extends Json = Json> {
  readonly title: string
  /**
   * Seconds in which it is looked at again while it fails: for what comes into force late, and for what a busy machine takes away for a moment (a
   * readiness probe that is late once makes a DaemonSet unavailable; seen with Cilium right after its roll-out).
   */
  readonly settleSeconds?: number
  /** Names the subject in the report: a node, a network, `a -> b`. */
  label(subject: S): string
  probes(subject: S): Readonly<Record<string, Probe>>
  judge(evidence: Evidence, subject: S): Verdict
}

/** One thing that `verify` proves of any cluster. */
export interface Check<S extends Json = Json> extends Judge<S> {
  readonly tier: 'quick' | 'default' | 'full'
  /** It looks at services and their names, so it waits until CoreDNS runs. */
  readonly usesServices?: boolean
  /** One per thing to judge; none means that the check does not apply. */
  subjects(scene: Scene): readonly S[]
}

/** What verify works on, known before it looks: the record of the cluster, its nodes, its networks, and the probe pods that will be there. */
export interface Scene {
  readonly cluster: string
  readonly nodes: readonly SceneNode[]
  readonly cni: CniName
  readonly multus: MultusMode | 'none'
  readonly networks: readonly SceneNetwork[]
  /** Namespace of the probe pods. */
  readonly namespace: string
  readonly pods: readonly ScenePod[]
}

export interface SceneNode {
  readonly name: string
  readonly role: 'control-plane' | 'worker'
  /** The address that the engine gave it on kind's own network. */
  readonly address: string
}

export interface SceneNetwork {
  readonly namespace: string
  readonly name: string
  /** Plugin type of the first plugin; `unknown` where the configuration cannot be read. */
  readonly type: string
  /** `spec.config` as text; empty where the configuration lies in files on the nodes. */
  readonly config: string
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
