import {createReadStream} from 'node:fs'
import {createGunzip} from 'node:zlib'
import {Problem} from '../../problem.ts'
import {codeOf} from './file-problem.ts'
import {readTar, type TarEntry} from './tar-reader.ts'

/** Calls `onEntry` for each regular file of a .tgz until it returns true. Throws artifact-corrupt for what is no such archive. */
export async function walkTgz(file: string, onEntry: (entry: TarEntry) => Promise<boolean>): Promise<boolean> {
  const stored = createReadStream(file, {highWaterMark: 256 * 1024})
  const unpacked = createGunzip()
  stored.on('error', (error) => unpacked.destroy(error))
  let insideCallback = false
  try {
    for await (const entry of readTar(stored.pipe(unpacked))) {
      insideCallback = true
      if (await onEntry(entry)) return true
      insideCallback = false
    }
    return false
  } catch (error) {
    if (insideCallback && !isArchiveFault(error)) throw error
    throw unreadable(file, error)
  } finally {
    stored.destroy()
    unpacked.destroy()
  }
}

export async function readAll(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for await (const part of body) parts.push(part)
  return Buffer.concat(parts)
}

/** Bodies are read inside the callback, so a broken archive may show itself there. */
function isArchiveFault(error: unknown): boolean {
  return (
    /^Z_|^ERR_BUFFER/.test(codeOf(error) ?? '') || (error instanceof Error && error.message.startsWith('the archive '))
  )
}

function unreadable(file: string, error: unknown): Problem {
  return new Problem('artifact-corrupt', {
    message: `${file} cannot be read as a .tgz archive`,
    cause: error instanceof Error ? error.message : String(error),
    suggestions: ['Remove the file and run the same command again'],
  })
}
