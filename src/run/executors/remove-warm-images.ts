import type {Executor} from '../executor.ts'
import {sweepBuilds} from '../warm/sweep-builds.ts'

/** The engine does not hold these images, and no container of a build that nobody works on. */
export const removeWarmImages: Executor<'remove-warm-images'> = async ({images}, context) => {
  const left = await sweepBuilds(context)
  const {engine} = context.drivers
  for (const [index, image] of images.entries()) {
    await engine.removeImages([image])
    context.progress(index + 1, images.length, 'images')
  }
  return {already: images.length === 0 && left.length === 0}
}
