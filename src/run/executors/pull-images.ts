import {type Artifact, imageName} from '../../steps/artifact.ts'
import type {Executor, StepContext} from '../executor.ts'
import {inParallel} from '../in-parallel.ts'

/** Pulls at a time. */
const atOnce = 3

/** The engine holds every image under its tag too: a pull by digest gives none, and an import into nodes needs one (kind #2394). */
export const pullImages: Executor<'pull-images'> = async ({artifacts}, context) => {
  let done = 0
  const pulled = await inParallel(
    artifacts,
    async (artifact) => {
      const already = await pull(artifact, context)
      done += 1
      context.progress(done, artifacts.length, 'images')
      return already
    },
    atOnce,
  )
  return {already: pulled.every(Boolean)}
}

async function pull(artifact: Artifact, {drivers: {engine}, signal, note}: StepContext): Promise<boolean> {
  const name = imageName(artifact)
  const reference = artifact.reference ?? name
  const held = await engine.imageId(reference, signal)
  if (held && held === (await engine.imageId(name, signal))) return true
  if (!held) await engine.pull(reference, {signal, onLine: (line) => note(`${artifact.name}: ${line}`)})
  if (reference !== name) await engine.tag(reference, name)
  return false
}
