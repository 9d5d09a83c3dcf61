export type ArtifactType = 'program' | 'archive' | 'chart' | 'manifest' | 'image' | 'node-image'

/** Names shared by `manifests/lock.yaml`, every `bundle.yaml` and the catalog. */
export const artifactNames = [
  'kind',
  'helm',
  'node',
  'warm-node',
  'load-balancer',
  'cni-plugins',
  'cilium-chart',
  'cilium',
  'cilium-operator',
  'calico-manifest',
  'calico-node',
  'calico-cni',
  'calico-kube-controllers',
  'multus-thin',
  'multus-thick',
  'whereabouts',
  'probe',
] as const

export type ArtifactName = (typeof artifactNames)[number]

/** One outside thing, pinned: what it is, and where its bytes come from. */
export interface Artifact {
  readonly name: ArtifactName
  readonly type: ArtifactType
  /** As its project writes it: `v1.34.4`, or `1.15.19` for a chart. */
  readonly version: string
  /** `os/arch`. */
  readonly platform: string
  /** Hex, of the file as it is stored or downloaded. Absent for images, whose reference carries the digest. */
  readonly sha256?: string
  /** Bytes of the file. */
  readonly size?: number
  /** Images: `registry/name:tag`, with `@sha256:…` where the digest is known. */
  readonly reference?: string
  /** Images in a bundle: the digest of the image's configuration, which is what the engine calls its id. */
  readonly imageId?: string
  /** Warm node images in a bundle: hex SHA-256 of what is in them, which their labels repeat. */
  readonly contentsHash?: string
  readonly origin: ArtifactOrigin
}

export type ArtifactOrigin =
  /** A file of a bundle; `file` is absolute. */
  | {readonly kind: 'bundle'; readonly file: string}
  /** A download (`source` is a URL; `member` is the path inside the archive), or a pull when it is an image (`source` is the reference). */
  | {readonly kind: 'online'; readonly source: string; readonly member?: string}
  /** An image that the container engine holds already. */
  | {readonly kind: 'engine'}
  /** A program found on PATH; `file` is absolute. */
  | {readonly kind: 'path'; readonly file: string}

/** The reference without its digest: what a pod's `image` says once the image has been imported by name (kind #2394). */
export function imageName(artifact: Artifact): string {
  return (artifact.reference ?? artifact.name).replace(/@sha256:[0-9a-f]{64}$/, '')
}
