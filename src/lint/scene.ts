import type {AddressSpan} from '../spec/address.ts'
import type {Cidr} from '../spec/cidr.ts'
import type {Span, TextLeaf, TreeMap} from '../tree.ts'
import type {JsonFault} from './read/json.ts'
import type {Source} from './source.ts'

/** Everything that is judged together: one scene for all texts of a command. */
export interface Scene {
  readonly objects: readonly LintObject[]
  readonly networks: readonly Network[]
  readonly workloads: readonly Workload[]
  /** Absent: offline. */
  readonly facts?: LintFacts
  /** Networks by `namespace/name`, and by name alone: the first of each. */
  network(namespace: string, name: string): Network | undefined
  networksNamed(name: string): readonly Network[]
  /** Of the networks of a namespace, the name that another was most likely meant to be. */
  nearName(namespace: string, name: string): string | undefined
  /** `namespace/name` of what pods have eth0 by. */
  readonly defaultNetworks: ReadonlySet<string>
}

/** What a cluster says. */
export interface LintFacts {
  readonly cluster: string
  readonly nodes: readonly LintNode[]
  /** CIDR, or empty where unknown. */
  readonly podSubnet: string
  readonly serviceSubnet: string
  /** `4.3.0`; absent where the image does not tell. */
  readonly multusVersion?: string
  /** Plugin binaries on every node; empty where nobody could look. */
  readonly plugins: readonly string[]
  readonly namespaces: readonly string[]
  /** Namespaces whose networks every pod may use, where Multus keeps namespaces apart; absent: all may be used. */
  readonly isolation?: {readonly shared: readonly string[]}
  /** What this machine has routes to; empty where the cluster runs elsewhere. */
  readonly machine: readonly MachineSubnet[]
}

export interface LintNode {
  readonly name: string
  /** Empty where nobody could look. */
  readonly interfaces: readonly NodeNic[]
  /** Extended resources that it advertises at least one of. */
  readonly resources: readonly string[]
  /** The scheme of its providerID, such as `aws`, `gce`, `kind`; empty where it has none. */
  readonly provider: string
}

export interface MachineSubnet {
  /** CIDR. */
  readonly subnet: string
  /** For a sentence: `the engine network bridge`. */
  readonly owner: string
  /** Whether nodes are on it, so that a network on their NICs may share it. */
  readonly hasNodes: boolean
}

export interface NodeNic {
  readonly name: string
  readonly mtu: number
  readonly addresses: readonly string[]
}

export interface LintObject {
  readonly source: Source
  readonly tree: TreeMap
  readonly apiVersion: string
  readonly kind: string
  readonly name: string
  /** As written; the object goes to `default` without, unless kubectl is told another. */
  readonly namespace?: string
  /** Of the name, or of the object's beginning. */
  readonly nameAt: Span
  /** Not judged: it is in the cluster already, and only referred to. */
  readonly known?: true
}

/** A NetworkAttachmentDefinition. */
export interface Network extends LintObject {
  readonly annotations?: TreeMap
  /** Absent where `spec.config` is missing, empty or no text. */
  readonly config?: Config
}

export interface Config {
  /** The text of the file that holds the JSON. */
  readonly host: TextLeaf
  readonly faults: readonly JsonFault[]
  /** Absent where it is no object. */
  readonly root?: TreeMap
  /** The name that the plugins see: the configuration's own, else the object's. */
  readonly name: string
  readonly plugins: readonly Plugin[]
}

export interface Plugin {
  readonly tree: TreeMap
  /** Empty where it is missing. */
  readonly type: string
  readonly first: boolean
  readonly ipam?: Ipam
}

export interface Ipam {
  readonly tree: TreeMap
  readonly type: string
  readonly pools: readonly Pool[]
}

/** A subnet and what is handed out of it. Only what could be read. */
export interface Pool {
  readonly subnet: Cidr
  readonly span: AddressSpan
  /** Of the text that names the subnet. */
  readonly at: Span
  readonly gateway?: TextLeaf
  readonly start?: TextLeaf
  readonly end?: TextLeaf
}

/** A pod, or whatever makes pods from a template. */
export interface Workload extends LintObject {
  /** Of the pods. */
  readonly annotations?: TreeMap
  readonly podSpec?: TreeMap
  /** How many pods run at once; `per-node` for a DaemonSet. */
  readonly replicas: number | 'per-node'
  readonly request?: NetworkRequest
  /** Of the annotation v1.multus-cni.io/default-network. */
  readonly defaultRequest?: NetworkRequest
}

/** An annotation that asks for networks, decoded. */
export interface NetworkRequest {
  readonly host: TextLeaf
  readonly form: 'short' | 'json'
  readonly faults: readonly RequestFault[]
  readonly attachments: readonly Attachment[]
}

export interface RequestFault extends Span {
  readonly message: string
  readonly fix: string
  /** What takes the place of `span`, encoded for the file. */
  readonly edit?: Edit
}

export interface Attachment {
  readonly at: Span
  readonly network: Piece
  readonly namespace?: Piece
  readonly interface?: Piece
  readonly ips: readonly Piece[]
  /** In the JSON form. */
  readonly tree?: TreeMap
}

/** A word and where it stands. */
export interface Piece {
  readonly text: string
  readonly at: Span
}

/** Characters of a file that are replaced; the text is as it goes into the file. */
export interface Edit {
  readonly span: Span
  readonly text: string
}

/** Where Multus looks for a default network that is named without a namespace (its own option multusNamespace). */
export const multusNamespace = 'kube-system'

/** The nodes of the cluster that a network's configuration is for. */
export function nodesOf({source: {node}}: Network, facts: LintFacts | undefined): readonly LintNode[] {
  const nodes = facts?.nodes ?? []
  return node === undefined ? nodes : nodes.filter(({name}) => name === node)
}

/** Whether Multus lets pods of one namespace use the networks of another; offline it does. */
export function mayUse(facts: LintFacts | undefined, pods: string, networks: string): boolean {
  return !facts?.isolation || pods === networks || facts.isolation.shared.includes(networks)
}

export function namespaceOf({namespace}: Pick<LintObject, 'namespace'>): string {
  return namespace ?? 'default'
}
