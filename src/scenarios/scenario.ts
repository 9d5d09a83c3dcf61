import type {CheckRequest} from '../steps/check-request.ts'
import type {KubernetesObject} from '../steps/object.ts'

/** A use of second interfaces that guides describe, as data: what it shows, its objects, and what must come true. One file each. */
export interface Scenario {
  readonly title: string
  /** What it shows and why it is so: two or three sentences. */
  readonly shows: string
  readonly needs: ScenarioNeeds
  /** Its objects and checks at a site. The names of its objects are the same at every site, for they are how it is removed. */
  build(site: ScenarioSite): ScenarioParts
}

/** What a cluster must have for it. */
export interface ScenarioNeeds {
  readonly workers: 1 | 2
  /** Free blocks of addresses on the first extra network; 0: it needs no extra network. */
  readonly blocks: 0 | 1 | 2
  /** Free subnets, for networks inside the nodes. */
  readonly subnets: 0 | 1 | 2 | 3
  /** Plugin binaries on the nodes. */
  readonly plugins: readonly string[]
}

/** What of a cluster a scenario is made for. Addresses are IPv4, subnets in CIDR notation. */
export interface ScenarioSite {
  /** All nodes. */
  readonly nodes: readonly string[]
  /** As many as it needs. */
  readonly workers: readonly string[]
  /** `registry/name:tag` of the image with network tools. */
  readonly image: string
  /** The NIC that the first extra network gives to every worker. */
  readonly nic: {readonly interface: string; readonly mtu: number}
  readonly blocks: readonly string[]
  readonly subnets: readonly string[]
}

export interface ScenarioParts {
  readonly namespaces: readonly KubernetesObject[]
  /** What has to be there before pods start: networks, policies, accounts. */
  readonly groundwork: readonly KubernetesObject[]
  /** Configurations on the nodes, for networks of which each node hands out a part. */
  readonly nodeFiles: readonly NodeFiles[]
  /** Pods, Deployments, StatefulSets and their services. */
  readonly workloads: readonly KubernetesObject[]
  readonly checks: readonly CheckRequest[]
  /** Commands that show it to a person. */
  readonly look: readonly string[]
}

export interface NodeFiles {
  readonly path: string
  /** Text by node. */
  readonly files: Readonly<Record<string, string>>
}
