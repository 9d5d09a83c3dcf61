import type {AddressRange} from '../catalog/ipam/ipam-option.ts'
import type {IpamName} from '../catalog/ipam/index.ts'
import type {NetworkType} from '../catalog/network/index.ts'
import type {KubernetesObject} from '../steps/object.ts'
import type {DhcpServer} from './dhcp-server.ts'

/** One file at the same path of every node, the text by node. */
export interface NodeFiles {
  readonly path: string
  readonly files: Readonly<Record<string, string>>
}

/** A NetworkSpec with every open member decided, and what it becomes in the cluster. */
export interface ResolvedNetwork {
  readonly type: NetworkType
  readonly namespace: string
  readonly name: string
  /** NIC of the nodes. */
  readonly master?: string
  readonly ipam: IpamName
  /** One for each IP version; none where its addresses come from elsewhere. */
  readonly ranges: readonly AddressRange[]
  /** By node, where each hands out its own part of the ranges. */
  readonly slices: Readonly<Record<string, readonly AddressRange[]>>
  readonly object: KubernetesObject
  /** The configuration as text; empty where it is in a file on each node. */
  readonly config: string
  readonly nodeFiles?: NodeFiles
  /** Who hands out its addresses, where that is ours to run. */
  readonly server?: DhcpServer
  /** Plugin binaries that it needs. */
  readonly plugins: readonly string[]
  readonly notes: readonly string[]
}
