import type {Executor} from '../executor.ts'
import {inParallel} from '../in-parallel.ts'
import {putNodeFile} from '../node-file.ts'

/** Every node has its text in the file. */
export const writeNodeFiles: Executor<'write-node-files'> = async ({path, files}, context) => {
  const written = await inParallel(Object.entries(files), ([node, text]) =>
    putNodeFile({node, path, text, mode: '0644'}, context),
  )
  return {already: written.every(Boolean)}
}
