import type {ChainName} from '../catalog/chain/index.ts'
import type {AddressRoute} from '../catalog/ipam/ipam-option.ts'
import type {IpamName} from '../catalog/ipam/index.ts'
import type {NetworkType} from '../catalog/network/index.ts'
import type {OptionValues} from '../catalog/option.ts'

/** One NetworkAttachmentDefinition as asked for; `undefined` members are decided by plan/resolve-network. */
export interface NetworkSpec {
  readonly type: NetworkType
  readonly name: string
  readonly namespace: string
  /** One of the cluster's extra networks by name, or a NIC of the nodes. Only for types that have a master. */
  readonly master?: string
  /** What was said of the type's own options, by their keys. */
  readonly options?: OptionValues
  /** One for each IP version, as the three below. */
  readonly subnets?: readonly string[]
  readonly rangeStarts?: readonly string[]
  readonly rangeEnds?: readonly string[]
  readonly gateways?: readonly string[]
  readonly routes?: readonly AddressRoute[]
  /** Fixed addresses in CIDR notation. */
  readonly addresses?: readonly string[]
  readonly ipam?: IpamName
  /** Run DHCP servers on it; only with the IPAM dhcp. */
  readonly dhcpServer?: boolean
  /** Plugins behind the main one, in order. */
  readonly chains?: readonly ChainSpec[]
  readonly cniVersion?: CniVersion
  /** One sentence for whoever reads the object; made from the rest otherwise. */
  readonly description?: string
  /** Whom to ask about it. */
  readonly owner?: string
}

/** A chained plugin and its settings. */
export interface ChainSpec {
  readonly plugin: ChainName
  readonly options: OptionValues
}

export type CniVersion = '0.3.1' | '0.4.0' | '1.0.0'
