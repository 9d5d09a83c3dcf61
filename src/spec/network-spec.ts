import type {IpamName} from '../catalog/ipam/index.ts'
import type {NetworkType} from '../catalog/network/index.ts'

/** One NetworkAttachmentDefinition as asked for; `undefined` members are decided by plan/resolve-network. */
export interface NetworkSpec {
  readonly type: NetworkType
  readonly name: string
  readonly namespace: string
  /** One of the cluster's extra networks by name, or a NIC of the nodes. Only for types that have a master. */
  readonly master?: string
  readonly subnet?: string
  readonly rangeStart?: string
  readonly rangeEnd?: string
  readonly gateway?: string
  /** Of the type: macvlan bridge|private|vepa|passthru. */
  readonly mode?: string
  readonly mtu?: number
  readonly ipam?: IpamName
}
