import {constants, createReadStream} from 'node:fs'
import {access, appendFile, readdir, readFile, realpath, rm, stat} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {Problem} from '../problem.ts'
import {writeAtomically} from './files/atomic-write.ts'
import {codeOf, toFileProblem} from './files/file-problem.ts'
import {findPaths} from './files/paths.ts'
import type {FileDriver, Writable} from './ports.ts'

/** `environment` gives the XDG folders and KUBECONFIG. */
export function createFileDriver(environment: NodeJS.ProcessEnv = process.env): FileDriver {
  return {
    paths: findPaths(environment),
    read: (file) => orUndefined(readFile(file, 'utf8')),
    write: (file, text, mode) =>
      writeAtomically(file, (handle) => handle.writeFile(text), mode === undefined ? {} : {mode}),
    writeStream: async (file, stream, onBytes) => {
      const {writeStream} = await import('./files/write-stream.ts')
      return await writeStream(file, stream, onBytes)
    },
    rewrite,
    append: (file, text) => appendFile(file, text).catch(refusal(file)),
    remove: (file) => rm(file, {recursive: true, force: true}).catch(refusal(file)),
    list: async (directory) => ((await orUndefined(readdir(directory))) ?? []).toSorted(),
    find: async (path) => {
      const found = await orUndefined(stat(path))
      if (!found) return undefined
      return found.isDirectory() ? await filesBelow(path) : [path]
    },
    stream: (file) => createReadStream(file, {highWaterMark: 1 << 20}),
    sha256: hash,
    identity: async (file) => {
      const {dev, ino, size} = await stat(file, {bigint: true})
      return `${dev}:${ino}:${size}`
    },
    untar: async (file, onFile) => {
      const {readAll, walkTgz} = await import('./files/untar.ts')
      await walkTgz(file, async ({name, mode, body}) => {
        await onFile(name, mode, await readAll(body))
        return false
      })
    },
    writable: canWrite,
  }
}

function refusal(file: string): (error: unknown) => never {
  return (error) => {
    throw toFileProblem(error, file)
  }
}

async function rewrite(named: string, text: string): Promise<void> {
  const file = await realpath(named).catch(() => named)
  const seen = await orUndefined(stat(file))
  const kept = seen ? {mode: seen.mode & 0o777, owner: seen} : {}
  await writeAtomically(file, (handle) => handle.writeFile(text), kept)
}

async function hash(file: string, signal?: AbortSignal): Promise<string> {
  const {sha256Of} = await import('./files/sha256.ts')
  try {
    return await sha256Of(file, signal)
  } catch (error) {
    if (signal?.aborted) throw new Problem('interrupted', {message: `Interrupted while ${file} was read`})
    throw error
  }
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, {withFileTypes: true})
  const shown = entries.filter(({name}) => !name.startsWith('.') && name !== 'node_modules')
  const files: string[] = []
  for (const entry of shown.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) files.push(...(await filesBelow(path)))
    else if (entry.isFile()) files.push(path)
  }
  return files
}

/** Undefined for a file, or a folder on its way, that is not there. */
async function orUndefined<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined
    throw error
  }
}

async function canWrite(file: string): Promise<Writable> {
  for (let at = file; ; at = dirname(at)) {
    const found = await orUndefined(stat(at))
    if (!found && at !== dirname(at)) continue
    if (at === file && found?.isDirectory()) return {writable: false, reason: `${file} is a folder`}
    // A write ends in a rename: it would put a file where a device or a pipe was.
    if (at === file && !found?.isFile()) return {writable: false, reason: `${file} is not a file`}
    if (at !== file && !found?.isDirectory()) return {writable: false, reason: `${at} is not a folder`}
    const refused = await access(at, constants.W_OK).then(() => undefined, codeOf)
    return refused === undefined
      ? {writable: true, ...(at !== file && at !== dirname(file) && {missing: dirname(file)})}
      : {
          writable: false,
          reason: `${at}: ${refused === 'EROFS' ? 'the file system is read-only' : 'no permission to write'}`,
        }
  }
}
