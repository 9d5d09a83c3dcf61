import {join} from 'node:path'
import {temporarySuffix} from '../../drivers/files/atomic-write.ts'
import {Problem} from '../../problem.ts'
import type {ActionOf} from '../../steps/action.ts'
import {bearsContents, warmFile, warmFilePrefix} from '../../steps/warm-image.ts'
import {carryInBundle, type WarmRow} from '../artifact-index/carry-in-bundle.ts'
import {readBundle} from '../artifact-index/read-bundle.ts'
import type {Executor, StepContext} from '../executor.ts'
import {saveLock} from '../warm/build-names.ts'
import {isWhole} from '../warm/carried-image.ts'
import {takeTurn} from '../warm/take-turn.ts'

/** The bundle carries the warm image: its file first, the index that names it last. Of several that save into a bundle one does, and the others wait. */
export const saveWarmImage: Executor<'save-warm-image'> = async (action, context) => {
  const unlock = await takeTurn(saveLock(action.bundle), 'saves into this bundle', context)
  try {
    if (await isCarried(action, context)) return {already: true}
    await sweep(action, context)
    const row = await saveFile(action, context)
    const unnamed = await nameInIndex(action, row, context)
    for (const file of unnamed) await context.drivers.files.remove(join(action.bundle, file))
    return {already: false}
  } finally {
    await unlock()
  }
}

async function isCarried(
  {image, node: {platform}, bundle}: ActionOf<'save-warm-image'>,
  context: StepContext,
): Promise<boolean> {
  const artifacts = await readBundle({folder: bundle, platform, files: context.drivers.files})
  const found = artifacts.find(({name, contentsHash}) => name === 'warm-node' && contentsHash === image.hash)
  return found !== undefined && (await isWhole(found, context))
}

/** What a killed one has left: nobody else writes, for we hold the lock. */
async function sweep({bundle}: ActionOf<'save-warm-image'>, {drivers: {files}}: StepContext): Promise<void> {
  const names = await files.list(bundle)
  const left = names.filter((name) => name.startsWith(`.${warmFilePrefix}`) && name.endsWith(temporarySuffix))
  for (const name of left) await files.remove(join(bundle, name))
}

async function saveFile(
  {image, node, bundle}: ActionOf<'save-warm-image'>,
  {drivers: {engine, files}, signal, note, progress}: StepContext,
): Promise<WarmRow> {
  const {reference, hash} = image
  const held = await engine.image(reference, signal)
  if (!held || !bearsContents(held.labels, image))
    throw new Problem('artifact-unavailable', {
      message: `The engine does not hold ${reference} any more`,
      suggestions: ['Run the same command again'],
    })
  const file = warmFile(image)
  note(`saving ${reference} as ${file}`)
  let told = 0
  // Pipes give small pieces: a hundred reports are enough.
  const onBytes = (done: number): void => {
    if (done - told < held.size / 100) return
    told = done
    progress(done, held.size, 'bytes')
  }
  const written = await files.writeStream(join(bundle, file), engine.save([reference], signal), onBytes)
  return {
    name: 'warm-node',
    type: 'node-image',
    version: node.version,
    reference,
    imageId: held.id,
    contentsHash: hash,
    file,
    ...written,
  }
}

/** All at once or not at all: without its row the file goes again. Returns the files that the index named and names no more. */
async function nameInIndex(
  {bundle, fitting}: ActionOf<'save-warm-image'>,
  row: WarmRow,
  {drivers: {files}, signal}: StepContext,
): Promise<readonly string[]> {
  const index = join(bundle, 'bundle.yaml')
  try {
    if (signal.aborted) throw new Problem('interrupted', {message: `Interrupted before ${row.reference} was saved`})
    // Read only now: whoever made the bundle may have written it meanwhile.
    const {text, unnamed} = carryInBundle((await files.read(index)) ?? '', row, fitting)
    await files.write(index, text)
    return unnamed
  } catch (error) {
    await files.remove(join(bundle, row.file))
    throw error
  }
}
