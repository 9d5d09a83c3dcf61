import type {JsonObject} from './chain.ts'
import type {CniCommand, RehearsedPod} from './cni-call.ts'

/** What a rehearsal saw on one node. */
export interface NodeRehearsal {
  readonly node: string
  /** Text of the configuration that holds on this node. */
  readonly config: string
  readonly pods: readonly PodRehearsal[]
  /** Names of what stayed behind after DEL: interfaces of the node, namespaces, files and objects that carry a lease. */
  readonly left: readonly string[]
  /** From the first program to the last, without the pauses in which other nodes were waited for. */
  readonly seconds: number
  /** Why nothing was tried, or why it ended early. */
  readonly fault?: string
}

export interface PodRehearsal {
  readonly pod: RehearsedPod
  readonly calls: readonly CallSeen[]
  /** What is in its namespace after ADD. Absent where ADD failed or nobody could look. */
  readonly inside?: InsideSeen
}

/** How one call of one plugin ended. */
export interface CallSeen {
  readonly command: CniCommand
  readonly plugin: string
  /** The plugin's own words; absent when it ended well. */
  readonly error?: string
  /** What an ADD gave back. */
  readonly result?: JsonObject
}

export interface InsideSeen {
  /** Of the interface that the plugins were asked for. Absent: there is none. */
  readonly link?: {readonly mtu: number; readonly mac?: string; readonly up: boolean}
  /** Global addresses of the interface, `172.30.0.40/24`. */
  readonly addresses: readonly string[]
  readonly routes: readonly RouteSeen[]
}

export interface RouteSeen {
  readonly destination: string
  readonly gateway?: string
  /** Number or name of a table other than main: what the plugin sbr makes. */
  readonly table?: string
}

/** One rehearsed pod that tried to reach another, and would have had to hear its answer. */
export interface ReachSeen {
  readonly from: RehearsedPod
  readonly to: RehearsedPod
  /** Of the one that was to be reached, without prefix length. */
  readonly address: string
  readonly outcome: 'reached' | 'dead' | 'unknown'
  readonly words: string
}

/** Everything that the judge needs to know. */
export interface RehearsalSeen {
  /** `namespace/name`, or the file that it is from. */
  readonly network: string
  readonly nodes: readonly NodeRehearsal[]
  readonly reach: readonly ReachSeen[]
}
