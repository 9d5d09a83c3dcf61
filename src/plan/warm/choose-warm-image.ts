import type {Artifact, ArtifactName} from '../../steps/artifact.ts'
import {bearsContents, type WarmImage} from '../../steps/warm-image.ts'
import type {Facts, WarmImageFacts} from '../facts.ts'
import {type WarmWish, warmSetOf} from './warm-set.ts'

/** A warm node image that is there. */
export interface WarmNode {
  /** What kind starts in place of its own node image. */
  readonly image: Artifact
  readonly holds: readonly ArtifactName[]
}

/** The warm node image of these artifacts, where the engine holds one that says of itself what its name says. */
export function chooseWarmImage(
  wish: WarmWish,
  {warmImages}: Pick<Facts, 'warmImages'>,
): {readonly warm?: WarmNode; readonly notes: readonly string[]} {
  const set = warmSetOf(wish)
  const found = set && findWarmImage(set.image, warmImages)
  if (!set || !found) return {notes: []}
  const {reference} = set.image
  if (!found.isTrue)
    return {
      notes: [`${reference} is not used: its labels do not say what its name promises; k8s-local warm makes it anew`],
    }
  const held = [...set.images, ...(set.plugins ? [set.plugins] : [])]
  const image: Artifact = {
    name: 'node',
    type: 'node-image',
    version: set.node.version,
    platform: set.node.platform,
    reference,
    imageId: found.id,
    origin: {kind: 'engine'},
  }
  return {
    warm: {image, holds: held.map(({name}) => name)},
    notes: [`Nodes start from the warm image ${reference}, which holds ${held.map(({name}) => name).join(', ')}`],
  }
}

/** The image of that name, and whether it holds what is asked for by its own account. */
export function findWarmImage(
  image: WarmImage,
  images: readonly WarmImageFacts[],
): {readonly id: string; readonly isTrue: boolean} | undefined {
  const found = images.find(({references}) => references.includes(image.reference))
  return found && {id: found.id, isTrue: bearsContents(found.labels, image)}
}
