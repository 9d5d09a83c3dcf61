import {createHash} from 'node:crypto'
import type {ReadableStreamLike} from '../streams.ts'
import {writeAtomically} from './atomic-write.ts'

/**
 * Writes the bytes of a stream as a file, as a whole or not at all, and returns its SHA-256 (hex) and size in bytes. `onBytes` hears how many are written.
 * Throws file-unwritable, disk-full, and what the stream throws.
 */
export async function writeStream(
  file: string,
  stream: ReadableStreamLike,
  onBytes?: (done: number) => void,
): Promise<{readonly sha256: string; readonly size: number}> {
  const hash = createHash('sha256')
  let size = 0
  await writeAtomically(file, async (handle) => {
    for await (const part of stream) {
      hash.update(part)
      await handle.writeFile(part)
      size += part.length
      onBytes?.(size)
    }
  })
  return {sha256: hash.digest('hex'), size}
}
