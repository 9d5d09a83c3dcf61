import type {Finding} from '../../problem.ts'
import type {KernelLink} from '../kernel-link.ts'
import type {CatalogOptions, OptionValues} from '../option.ts'

/** A type of NetworkAttachmentDefinition. One file each: what it is, what it needs and what can be said of it are data. */
export interface NetworkOption {
  readonly title: string
  readonly summary: string
  /** Plugin binaries that must be on the nodes. */
  readonly plugins: readonly string[]
  /** Where its plugins come from, as something to do, when they are not among the CNI plugins that we copy. */
  readonly pluginsFrom?: string
  /** What the kernel of the nodes must be able to make. Absent: nothing that a kernel with containers lacks. */
  readonly link?: KernelLink
  /** Whether its L2 segment spans nodes: then addresses must be unique over all nodes, and pods on two nodes reach each other. */
  readonly spansNodes: boolean
  /** Whether it sits on a NIC of the nodes. `taken`: the NIC moves into the pod, so it must be named and one pod for each node can have it. */
  readonly hasMaster: boolean | 'taken'
  /** Whose subnet it has: that of its master's network, or one of its own. */
  readonly subnet: 'of-master' | 'own'
  /** Whether the node has the gateway's address on it, so that node and pods reach each other. */
  readonly nodeIsGateway: boolean
  /** Whether pods have one end of a veth pair: some chained plugins work on nothing else. */
  readonly veth: boolean
  /** Why no pod can be given it for a proof, or none reaches another on it: verify leaves it alone. */
  readonly unprovable?: string
  /** IPAMs that do not go with it, each with the reason; `none` where the plugin insists on addresses. */
  readonly unfitIpams: Readonly<Partial<Record<string, string>>>
  /** Whether a pod reaches the other pods of its node on layer 2, so that a DHCP server in one can serve them. Absent: never. */
  readonly servesDhcp?: (options: OptionValues) => boolean
  /** Name of the option that holds the extended resource which its pods take a device from. */
  readonly resourceOption?: string
  /** What can be said of it besides name, master and addresses. */
  readonly options: CatalogOptions
  /** The plugin's configuration without `cniVersion`, `name` and `ipam`. */
  toConfig(network: NetworkValues): Readonly<Record<string, unknown>>
  /** What is wrong with these values for this type, beyond what its options say themselves. */
  lint(network: NetworkValues): readonly Finding[]
}

export interface NetworkValues {
  readonly name: string
  /** NIC of the nodes. */
  readonly master?: string
  readonly options: OptionValues
  /** Whether anybody hands out addresses on it. */
  readonly hasAddresses: boolean
}
