/** What was observed around a cluster, beyond its own objects. */
export interface Surroundings {
  readonly findings: readonly SceneFinding[]
  /** How much was linted. */
  readonly linted: {readonly networks: number; readonly pods: number}
  /** The image that we would install Multus from; absent where none is known. */
  readonly multusImage?: PinnedImage
  /** Absent where the nodes are not containers of an engine on this machine. */
  readonly host?: SceneHost
}

/** What `net lint` says of one network, or of one pod that asks for networks. */
export type SceneFinding = {
  /** Code of the rule: KL-L and three digits. */
  readonly rule: string
  readonly severity: 'error' | 'warn' | 'info'
  /** `default/lan`, or `pod default/web`. */
  readonly on: string
  readonly message: string
  readonly fix: string
}

export type PinnedImage = {
  /** `registry/name:tag`. */
  readonly name: string
  /** Of its manifest, or of its configuration: an image that was imported is known by the second. Empty where neither is known. */
  readonly digests: readonly string[]
}

/** The engine's machine, where the nodes are its containers. */
export type SceneHost = {
  readonly engine: {
    readonly version: string
    readonly cgroupVersion: '1' | '2'
    /** Bytes. */
    readonly memory: number
    readonly dataRoot: string
  }
  /** Bytes free in the engine's `dataRoot`; absent where it cannot be seen. */
  readonly diskFree?: number
  readonly limits: {readonly inotifyInstances?: number; readonly inotifyWatches?: number}
  /** Subnets that this machine has routes to. */
  readonly subnets: readonly {readonly subnet: string; readonly owner: string; readonly hasNodes: boolean}[]
  readonly podSubnet: string
  readonly serviceSubnet: string
  /** Links that the nodes' kernel does not make, by kind, each with the kernel's words. */
  readonly refusedLinks: Readonly<Record<string, string>>
  /** Engine networks of ours, with the address of each node that the engine says is on it. */
  readonly nodeNetworks: readonly NodeNetworkSeen[]
}

export type NodeNetworkSeen = {
  readonly network: string
  /** The engine's name of it. */
  readonly engineName: string
  readonly subnet: string
  readonly addresses: Readonly<Record<string, string>>
  /** What nodes call their NIC on it; more than one name where they differ. */
  readonly interfaces: readonly string[]
}
