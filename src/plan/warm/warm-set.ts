import {type CniName, cnis} from '../../catalog/cni/index.ts'
import {type MultusMode, multusModes} from '../../catalog/multus/index.ts'
import {sha256} from '../../sha256.ts'
import {type Artifact, type ArtifactName, imageName} from '../../steps/artifact.ts'
import {type PinnedArtifact, type WarmContents, type WarmImage, warmRepository} from '../../steps/warm-image.ts'

/** What decides what goes into a warm node image. */
export interface WarmWish {
  readonly cni: CniName
  readonly multus: MultusMode | 'none'
  /** One of each name, as chosen for a cluster. */
  readonly artifacts: Readonly<Partial<Record<ArtifactName, Artifact>>>
}

/** A warm node image, and what it is made of. */
export interface WarmSet {
  readonly image: WarmImage
  readonly node: Artifact
  /** In the order in which a cluster needs them. */
  readonly images: readonly Artifact[]
  readonly plugins?: Artifact
  /** What has no digest: nobody could say later which of them is in the image. They are imported as ever. */
  readonly leftOut: readonly Artifact[]
}

/** Changes when images are built in another way, so that those of an older release are not used. */
const format = 2

/** Of this set of artifacts there is exactly one warm node image. Undefined where the node image has no digest, or there is nothing to put in. */
export function warmSetOf({cni, multus, artifacts}: WarmWish): WarmSet | undefined {
  const names: readonly ArtifactName[] = [
    ...cnis[cni].images,
    ...(multus === 'none' ? [] : [multusModes[multus].image, 'whereabouts' as const, 'cni-plugins' as const]),
    'probe',
  ]
  const wanted = names.flatMap((name) => artifacts[name] ?? [])
  const {node} = artifacts
  const held = wanted.filter((artifact) => digestOf(artifact) !== undefined)
  if (!node || digestOf(node) === undefined || held.length === 0) return undefined
  const plugins = held.find(({name}) => name === 'cni-plugins')
  const contents = JSON.stringify({
    format,
    platform: node.platform,
    node: pinned(node),
    holds: held.map(pinned),
  } satisfies WarmContents)
  const hash = sha256(contents)
  return {
    image: {reference: `${warmRepository}:${node.version}-${hash.slice(0, 16)}`, hash, contents},
    node,
    images: held.filter((artifact) => artifact !== plugins),
    ...(plugins && {plugins}),
    leftOut: wanted.filter((artifact) => !held.includes(artifact)),
  }
}

function pinned(artifact: Artifact): PinnedArtifact {
  const {name, version, type} = artifact
  const isImage = type === 'image' || type === 'node-image'
  return {name, version, ...(isImage && {image: imageName(artifact)}), sha256: digestOf(artifact) ?? ''}
}

/** What the artifact cannot change without: the digest in its reference, or the checksum of its file. Undefined where it is known by a tag alone. */
function digestOf({reference = '', sha256: file, origin}: Artifact): string | undefined {
  const [, digest] = /@sha256:([0-9a-f]{64})$/.exec(reference) ?? []
  return digest ?? (origin.kind === 'engine' ? undefined : file)
}
