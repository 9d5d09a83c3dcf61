import type {Artifact, ArtifactName} from '../../steps/artifact.ts'
import {bearsContents, type WarmImage} from '../../steps/warm-image.ts'
import type {Facts, WarmImageFacts} from '../facts.ts'
import {type WarmSet, type WarmWish, warmSetOf} from './warm-set.ts'

/** A warm node image that is there. */
export interface WarmNode {
  /** What kind starts in place of its own node image. */
  readonly image: Artifact
  readonly holds: readonly ArtifactName[]
  /** What it has to say of itself once it is loaded; absent: the engine holds it, and it says so. */
  readonly promised?: WarmImage
}

/** The warm node image of these artifacts: the engine's, if it says of itself what its name says, else the one that the bundle carries. */
export function chooseWarmImage(
  wish: WarmWish,
  {warmImages, artifacts}: Pick<Facts, 'warmImages' | 'artifacts'>,
): {readonly warm?: WarmNode; readonly notes: readonly string[]} {
  const set = warmSetOf(wish)
  if (!set) return {notes: []}
  const found = findWarmImage(set.image, warmImages)
  if (found?.isTrue) return use(set, {image: inEngine(set, found.id), from: ''})
  const carried = findCarried(set.image, artifacts)
  if (carried) return use(set, {image: carried, from: ' of the bundle', promised: set.image})
  return {notes: unusedNotes(set, {isFound: found !== undefined, artifacts})}
}

/** The image of that name, and whether it holds what is asked for by its own account. */
export function findWarmImage(
  image: WarmImage,
  images: readonly WarmImageFacts[],
): {readonly id: string; readonly isTrue: boolean} | undefined {
  const found = images.find(({references}) => references.includes(image.reference))
  return found && {id: found.id, isTrue: bearsContents(found.labels, image)}
}

/** The file of a bundle that is to hold just this image; what it says of itself shows when it is loaded. */
export function findCarried({hash, reference}: WarmImage, artifacts: readonly Artifact[]): Artifact | undefined {
  return artifacts.find((one) => one.name === 'warm-node' && one.contentsHash === hash && one.reference === reference)
}

function use(
  {images, plugins}: WarmSet,
  {image, from, promised}: Pick<WarmNode, 'image' | 'promised'> & {readonly from: string},
): ReturnType<typeof chooseWarmImage> {
  const holds = [...images, ...(plugins ? [plugins] : [])].map(({name}) => name)
  return {
    warm: {image, holds, ...(promised && {promised})},
    notes: [`Nodes start from the warm image ${image.reference}${from}, which holds ${holds.join(', ')}`],
  }
}

function inEngine({node: {version, platform}, image: {reference}}: WarmSet, imageId: string): Artifact {
  return {name: 'node', type: 'node-image', version, platform, reference, imageId, origin: {kind: 'engine'}}
}

function unusedNotes(
  {image: {reference}}: WarmSet,
  {isFound, artifacts}: {readonly isFound: boolean; readonly artifacts: readonly Artifact[]},
): readonly string[] {
  const others = artifacts.filter(({name}) => name === 'warm-node')
  return [
    ...(isFound
      ? [`${reference} is not used: its labels do not say what its name promises; k8s-local warm makes it anew`]
      : []),
    ...(others.length > 0
      ? [
          `The bundle carries no warm image of these artifacts, only of others; k8s-local warm --into-bundle saves this one`,
        ]
      : []),
  ]
}
