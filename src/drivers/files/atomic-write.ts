import {type FileHandle, mkdir, open, rename, rm} from 'node:fs/promises'
import {basename, dirname, join} from 'node:path'
import {toFileProblem} from './file-problem.ts'

export interface AtomicWrite {
  readonly mode?: number
  /** Who shall own the file, where this differs from who writes it. */
  readonly owner?: {readonly uid: number; readonly gid: number}
}

/**
 * Writes a file as a whole or not at all: `fill` writes a temporary file beside it, which is flushed to disk and renamed. The
 * folder is made when it is missing; nothing is left behind on failure. Throws file-unwritable, disk-full, and what `fill` throws.
 */
export async function writeAtomically(
  file: string,
  fill: (handle: FileHandle) => Promise<void>,
  options: AtomicWrite = {},
): Promise<void> {
  const temporary = join(dirname(file), `.${basename(file)}.${process.pid}-${crypto.randomUUID()}${temporarySuffix}`)
  try {
    await mkdir(dirname(file), {recursive: true})
    const handle = await open(temporary, 'wx', options.mode ?? 0o644)
    await fillAndRename(handle, temporary, {file, fill, options}).catch(async (error: unknown) => {
      await rm(temporary, {force: true})
      throw error
    })
  } catch (error) {
    throw toFileProblem(error, file)
  }
}

export const temporarySuffix = '.k8s-local-part'

async function fillAndRename(
  handle: FileHandle,
  temporary: string,
  {
    file,
    fill,
    options,
  }: {readonly file: string; readonly fill: (handle: FileHandle) => Promise<void>; readonly options: AtomicWrite},
): Promise<void> {
  try {
    await fill(handle)
    // The mode that `open` takes is cut by the umask.
    if (options.mode !== undefined) await handle.chmod(options.mode)
    await handOver(handle, options)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(temporary, file)
}

/** Under sudo a rename would take a user's file from them. Who is not root cannot give files away, and then it stays theirs anyway. */
async function handOver(handle: FileHandle, {owner}: AtomicWrite): Promise<void> {
  if (owner && process.getuid?.() === 0) await handle.chown(owner.uid, owner.gid)
}
