import type {CapabilityList, ManifestEdit} from '../../steps/action.ts'
import type {ArtifactName} from '../../steps/artifact.ts'
import type {Readiness} from '../../steps/readiness.ts'

/** A primary CNI: everything that create, verify and status need to know of it. One file each. */
export interface CniOption {
  readonly title: string
  /** For the wizard: one line that says when to choose it. */
  readonly summary: string
  readonly images: readonly ArtifactName[]
  /** `major.minor`, both included with all their patch releases. */
  readonly supported: {readonly min: string; readonly max: string}
  /** The artifact whose version is the CNI's version. */
  readonly versionOf: ArtifactName
  /** The file that it writes into /etc/cni/net.d. */
  readonly confFile: string
  /** The `name` that network-status carries for the primary interface. */
  readonly networkName: string
  install(context: CniContext): CniInstall
  /** What must be complete before the CNI counts as healthy: roll-outs, never "node Ready" (Calico crash-loops under Ready nodes). */
  readonly ready: readonly Extract<Readiness, {type: 'rollout'}>[]
  /** Environment that the thick Multus daemon needs to call this CNI's plugin. */
  readonly thickEnvironment: Readonly<Record<string, string>>
}

export interface CniContext {
  readonly version: string
  readonly podSubnet: string
  readonly controlPlanes: number
  /** Name of the interface that carries the cluster's own traffic. */
  readonly device: string
  /** Name of the API server, as nodes resolve it, and its port: where it answers before kube-proxy runs. */
  readonly apiServer: {readonly host: string; readonly port: number}
}

export type CniInstall =
  | {
      readonly by: 'chart'
      readonly chart: ArtifactName
      readonly release: string
      readonly namespace: string
      readonly values: Readonly<Record<string, unknown>>
      readonly capabilityLists: readonly CapabilityList[]
    }
  | {readonly by: 'manifest'; readonly manifest: ArtifactName; readonly edits: readonly ManifestEdit[]}
