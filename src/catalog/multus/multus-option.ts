import type {ArtifactName} from '../../steps/artifact.ts'
import type {KubernetesObject} from '../../steps/object.ts'

/** A way to run Multus. One file each. */
export interface MultusOption {
  readonly title: string
  readonly summary: string
  readonly image: ArtifactName
  /** The file below `manifests/` that holds its DaemonSet, usable with plain kubectl as it stands. */
  readonly manifest: string
  /** The manifest's objects, fitted to this cluster: image, primary configuration, environment. */
  fit(objects: readonly KubernetesObject[], context: MultusContext): readonly KubernetesObject[]
}

export interface MultusContext {
  /** `registry/name:tag`. */
  readonly image: string
  /** The primary CNI's file in /etc/cni/net.d: pinned, so that no other file can win (multus #1499). */
  readonly confFile: string
  readonly environment: Readonly<Record<string, string>>
}
