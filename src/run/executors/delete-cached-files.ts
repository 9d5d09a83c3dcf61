import type {Executor} from '../executor.ts'

/** None of these files is there. */
export const deleteCachedFiles: Executor<'delete-cached-files'> = async ({files}, {drivers}) => {
  for (const file of files) await drivers.files.remove(file)
  return {already: files.length === 0}
}
