import type {ArtifactName} from './artifact.ts'

/** Labels on a warm node image, which the containers of its nodes inherit. */
export const warmLabels = {
  /** Hex SHA-256 of the contents. */
  hash: 'k8s-local.dev/warm',
  /** The contents, as text. */
  contents: 'k8s-local.dev/warm-contents',
} as const

/** On the container that a warm image is built in: the folder of the state of the k8s-local that builds; empty on what is made from the image. */
export const warmBuildLabel = 'k8s-local.dev/warm-build'

/** Every warm node image is called so; the tag tells them apart. */
export const warmRepository = 'k8s-local/warm-node'

/** A node image that holds other images unpacked, by what is in it. */
export interface WarmImage {
  /** `k8s-local/warm-node:v1.34.4-…`: sixteen digits of the hash. */
  readonly reference: string
  readonly hash: string
  /** What the hash is of: JSON of `WarmContents`, in one spelling. */
  readonly contents: string
}

/** What a bundle calls the file of a warm image. */
export function warmFile({reference}: Pick<WarmImage, 'reference'>): string {
  return `${warmFilePrefix}${reference.slice(warmRepository.length + 1)}.tar`
}

export const warmFilePrefix = 'warm-node-'

/** Whether an image with these labels holds by its own account what is asked for: a name alone can be given to anything. */
export function bearsContents(labels: Readonly<Record<string, string>>, {hash, contents}: WarmImage): boolean {
  return labels[warmLabels.hash] === hash && labels[warmLabels.contents] === contents
}

/** What is in a warm node image, each by name, version and digest. */
export interface WarmContents {
  /** Of the way in which the image is built: another one makes other images. */
  readonly format: number
  readonly platform: string
  readonly node: PinnedArtifact
  readonly holds: readonly PinnedArtifact[]
}

export interface PinnedArtifact {
  readonly name: ArtifactName
  readonly version: string
  /** Images: the name under which nodes have it. */
  readonly image?: string
  /** Of the reference, or of the file in the bundle. */
  readonly sha256: string
}
