import {inParallel} from '../in-parallel.ts'
import {imagesOn} from '../images/lacking-nodes.ts'
import type {TargetLooker} from './target-looker.ts'

/** Full names of the images that every node holds. */
export async function observeNodeImages(looker: TargetLooker): Promise<ReadonlySet<string>> {
  const [first, ...others] = await inParallel(looker.containers, ({name}) => imagesOn(name, looker))
  return new Set([...(first ?? [])].filter((image) => others.every((images) => images.has(image))))
}
