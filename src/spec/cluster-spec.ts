import type {CniName} from '../catalog/cni/index.ts'
import type {MultusMode} from '../catalog/multus/index.ts'

/** What was asked for: complete, valid in itself, frozen. `auto` is chosen by plan/resolve-cluster from what the machine offers. */
export interface ClusterSpec {
  readonly name: string
  /** `v1.34.4`, `1.34`, or `auto`: the newest that the engine's cgroup version and the artifacts allow. */
  readonly kubernetes: string
  readonly controlPlanes: number
  readonly workers: number
  readonly cni: CniName
  readonly multus: MultusMode | 'none'
  /** IPv4 CIDR. */
  readonly podSubnet: string
  readonly serviceSubnet: string
  readonly networks: readonly NodeNetwork[]
  /** A macvlan NetworkAttachmentDefinition of the same name on every extra network. */
  readonly testNetworks: boolean
}

/** An engine network that becomes a NIC on every node. */
export interface NodeNetwork {
  readonly name: string
  /** IPv4 CIDR, or `auto`: the first free /24 of 172.30.0.0/16. */
  readonly subnet: string
}
