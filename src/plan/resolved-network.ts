import type {AddressRange} from '../catalog/ipam/ipam-option.ts'
import type {IpamName} from '../catalog/ipam/index.ts'
import type {NetworkType} from '../catalog/network/index.ts'
import type {KubernetesObject} from '../steps/object.ts'

/** A NetworkSpec with every open member decided, and what it becomes in the cluster. */
export interface ResolvedNetwork {
  readonly type: NetworkType
  readonly namespace: string
  readonly name: string
  /** NIC of the nodes. */
  readonly master?: string
  readonly mode?: string
  readonly ipam: IpamName
  readonly range: AddressRange
  /** By node, where each hands out its own part of the range. */
  readonly slices: Readonly<Record<string, AddressRange>>
  readonly object: KubernetesObject
  /** The configuration as text: in the object, or in a file on each node. */
  readonly config: string
  readonly nodeFiles?: {readonly path: string; readonly files: Readonly<Record<string, string>>}
  /** Plugin binaries that it needs. */
  readonly plugins: readonly string[]
  readonly notes: readonly string[]
}
