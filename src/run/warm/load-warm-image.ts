import {dirname} from 'node:path'
import {Problem} from '../../problem.ts'
import type {Artifact} from '../../steps/artifact.ts'
import {bearsContents, type WarmImage} from '../../steps/warm-image.ts'
import {artifactFile} from '../artifact-file.ts'
import type {StepContext, StepResult} from '../executor.ts'
import {warmCure, withWarmCure} from './carried-image.ts'

/**
 * The engine holds the warm image that a bundle carries, and it says of itself what it is to be. One that says something else does not stay. Throws
 * bundle-incomplete and artifact-corrupt.
 */
export async function loadWarmImage(
  artifact: Artifact,
  image: WarmImage,
  context: StepContext,
): Promise<Pick<StepResult, 'already'>> {
  const {
    drivers: {engine},
    signal,
    note,
  } = context
  const {reference} = image
  const isThere = async (): Promise<boolean> => {
    const found = await engine.image(reference, signal)
    return found !== undefined && bearsContents(found.labels, image)
  }
  if (await isThere()) return {already: true}
  const {file} = await artifactFile(artifact, context).catch((error: unknown) => {
    throw withWarmCure(error, artifact)
  })
  note(`loading ${reference} into the engine`)
  await engine.load(file, signal)
  if (await isThere()) return {already: false}
  await engine.removeImages([reference])
  throw new Problem('artifact-corrupt', {
    message: `${file} does not hold ${reference}, or its labels say that something else is in it`,
    cause: `Its label k8s-local.dev/warm has to be ${image.hash}`,
    suggestions: warmCure(dirname(file)),
  })
}
