import type {ArtifactName} from '../../steps/artifact.ts'
import type {Readiness} from '../../steps/readiness.ts'

/** A way of handing out addresses. One file each. */
export interface IpamOption {
  readonly title: string
  readonly summary: string
  readonly plugins: readonly string[]
  /** Where its addresses come from: a range of a subnet, the network's own list or the pod, somebody on the network, or nowhere. */
  readonly source: 'range' | 'list' | 'network' | 'nowhere'
  /** Addresses are unique over all nodes by itself; otherwise each node gets its own slice of the range. */
  readonly uniqueAcrossNodes: boolean
  /** CNI capabilities to declare on a plugin that uses it; with `ips` a pod can ask for an address. */
  readonly capabilities: Readonly<Record<string, true>>
  /** What must be installed in the cluster for it: images, a manifest below `manifests/`, the roll-out that says it is there. */
  readonly needs?: IpamNeeds
  /** What the user should know, one sentence each. */
  readonly notes?: readonly string[]
  /** The member `ipam` of the plugin; undefined: it has none. */
  toConfig(addresses: HandedOut): Readonly<Record<string, unknown>> | undefined
}

export interface IpamNeeds {
  readonly images: readonly ArtifactName[]
  readonly manifest: string
  readonly ready: Extract<Readiness, {type: 'rollout'}>
  /** The plugin comes with it; else it is one of the CNI plugins, and the roll-out alone says whether it works. */
  readonly bringsPlugin: boolean
}

/** What an IPAM hands out besides the addresses themselves. */
export interface HandedOut {
  /** One for each family. */
  readonly ranges: readonly AddressRange[]
  readonly routes: readonly AddressRoute[]
  /** Fixed addresses in CIDR notation. */
  readonly addresses: readonly string[]
  /** At most one for each IP version. */
  readonly gateways: readonly string[]
}

/** Addresses are dotted IPv4 or IPv6 text; `start` and `end` are inclusive. */
export interface AddressRange {
  readonly subnet: string
  readonly start: string
  readonly end: string
  readonly gateway?: string
}

/** A route that pods get: to a subnet, through the gateway of the range where none is named. */
export interface AddressRoute {
  readonly to: string
  readonly gateway?: string
}

/** Routes as CNI writes them; nothing where there are none. */
export function routesConfig(routes: readonly AddressRoute[]): {readonly routes?: readonly object[]} {
  if (routes.length === 0) return {}
  return {routes: routes.map(({to, gateway}) => ({dst: to, ...(gateway !== undefined && {gw: gateway})}))}
}
