import type {ArtifactName} from '../../steps/artifact.ts'
import type {Readiness} from '../../steps/readiness.ts'

/** A way of handing out addresses. One file each. */
export interface IpamOption {
  readonly title: string
  readonly summary: string
  readonly plugins: readonly string[]
  /** Addresses are unique over all nodes by itself; otherwise each node gets its own slice of the range. */
  readonly uniqueAcrossNodes: boolean
  /** CNI capabilities to declare on a plugin that uses it; with `ips` a pod can ask for an address. */
  readonly capabilities: Readonly<Record<string, true>>
  /** What must be installed in the cluster for it: images, a manifest below `manifests/`, the roll-out that says it is there. */
  readonly needs?: {
    readonly images: readonly ArtifactName[]
    readonly manifest: string
    readonly ready: Extract<Readiness, {type: 'rollout'}>
  }
  toConfig(range: AddressRange): Readonly<Record<string, unknown>>
}

/** Addresses are dotted IPv4 or IPv6 text; `start` and `end` are inclusive. */
export interface AddressRange {
  readonly subnet: string
  readonly start: string
  readonly end: string
  readonly gateway?: string
}
