import {Problem} from '../../problem.ts'
import {imageName} from '../../steps/artifact.ts'
import {artifactFile} from '../artifact-file.ts'
import type {Executor} from '../executor.ts'
import {loadWarmImage} from '../warm/load-warm-image.ts'

/** The engine holds an image that kind will start, under its tag: the very one of the bundle, the one of that digest, or a warm one with these contents. */
export const ensureEngineImage: Executor<'ensure-engine-image'> = async ({artifact, warm}, context) => {
  if (warm) return await loadWarmImage(artifact, warm, context)
  const {drivers, signal, note} = context
  const name = imageName(artifact)
  const reference = artifact.reference ?? name
  const held = await drivers.engine.imageId(name, signal)
  // With the containerd image store (Docker 29) an id is the digest of the manifest, not of the configuration: then the image is loaded again.
  const wanted = artifact.imageId ?? (await drivers.engine.imageId(reference, signal))
  if (held !== undefined && held === wanted) return {already: true}
  if (artifact.origin.kind === 'bundle') {
    const {file} = await artifactFile(artifact, context)
    note(`loading ${name} into the engine`)
    await drivers.engine.load(file, signal)
  } else {
    if (wanted === undefined) await drivers.engine.pull(reference, {signal, onLine: note})
    // A pull by digest gives no tag, and kind asks for the tag.
    if (reference !== name) await drivers.engine.tag(reference, name)
  }
  if (await drivers.engine.imageId(name, signal)) return {already: false}
  throw new Problem('artifact-corrupt', {
    message: `The engine does not know ${name} after it was loaded`,
    suggestions: ['docker image ls'],
  })
}
