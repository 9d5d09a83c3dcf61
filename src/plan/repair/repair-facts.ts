import type {MultusOrder} from '../../checks/conf-directory.ts'
import type {CheckResult} from '../../steps/check-request.ts'
import type {Json, KubernetesObject} from '../../steps/object.ts'
import type {TargetFacts} from '../facts.ts'

/**
 * What is known of a cluster that may be broken. While a node container stands still the API is not asked: it may be in that one, and what is wrong on a
 * node can be seen only while it runs. Then everything but `containers`, `engineNetworks`, `record` and `artifacts` is empty.
 */
export interface RepairFacts extends TargetFacts {
  /** Node containers, running or not, control planes first; none for a cluster whose nodes are no containers here. */
  readonly containers: readonly NodeContainer[]
  /** Networks of the engine that are ours for this cluster, in the order in which they were asked for. */
  readonly engineNetworks: readonly {readonly name: string; readonly network: string; readonly subnet: string}[]
  /** What the quick checks of `verify` say that need no pod of ours. */
  readonly verdicts: readonly CheckResult[]
  readonly nodeObjects: readonly KubernetesObject[]
  readonly podObjects: readonly KubernetesObject[]
  /** `namespace/name` of each ReplicaSet that a Deployment made, with the Deployment's name. */
  readonly deployments: Readonly<Record<string, string>>
  readonly multusDaemonSet?: KubernetesObject
  /** The ConfigMap of Cilium's agents. */
  readonly ciliumConfig?: KubernetesObject
  /** IPPools and OverlappingRangeIPReservations of whereabouts. */
  readonly pools: readonly Json[]
  readonly reservations: readonly Json[]
  /** By node; a node that nobody could look at is absent. */
  readonly onNodes: Readonly<Record<string, OnNode>>
}

export interface NodeContainer {
  readonly name: string
  readonly role: 'control-plane' | 'worker'
  /** The engine's word: `running`, `exited`, `paused`. */
  readonly state: string
  /** Address and MAC on each network of the engine. */
  readonly addresses: Readonly<Record<string, {readonly ip: string; readonly mac: string}>>
}

/** What was seen on one node. */
export interface OnNode {
  /** Absent where there is no Multus, or a primary CNI that is not known here. */
  readonly multus?: {
    readonly order: MultusOrder
    /** All files in /etc/cni/net.d. */
    readonly files: readonly {readonly name: string; readonly content: string}[]
    /** The one of Multus' two files that is certainly stale. */
    readonly stale?: string
  }
  /** Programs in /opt/cni/bin. */
  readonly plugins: Readonly<Record<string, 'good' | 'broken'>>
  readonly links: readonly NodeLink[]
  /** What the network namespace of each pod has: MACs in lower case, IPv4 addresses; absent where nobody could look. */
  readonly podNamespaces?: readonly {readonly macs: readonly string[]; readonly addresses: readonly string[]}[]
  /** Ids of all containers of the runtime, sandboxes among them; absent where nobody could look. */
  readonly containerIds?: readonly string[]
  /** Addresses that host-local has kept for somebody for minutes: a younger one may belong to a pod that is only starting. */
  readonly leases: readonly NodeLease[]
}

export interface NodeLink {
  readonly name: string
  /** Lower case. */
  readonly mac: string
  readonly up: boolean
  /** IPv4, without prefix length. */
  readonly addresses: readonly string[]
}

export interface NodeLease {
  /** Absolute path of the file that is the lease. */
  readonly path: string
  readonly containerId: string
}
