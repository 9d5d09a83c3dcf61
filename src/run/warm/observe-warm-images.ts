import type {EngineDriver} from '../../drivers/ports.ts'
import type {WarmImageFacts} from '../../plan/facts.ts'
import {warmLabels, warmRepository} from '../../steps/warm-image.ts'

/** Images of the engine that are called as warm node images are, or labelled so: a name can be given to anything, and be lost. */
export async function observeWarmImages(
  engine: Pick<EngineDriver, 'images'>,
  signal?: AbortSignal,
): Promise<readonly WarmImageFacts[]> {
  const images = await engine.images([`reference=${warmRepository}`, `label=${warmLabels.hash}`], signal)
  return images.map(({id, references, labels, size}) => ({id, references, labels, size}))
}
