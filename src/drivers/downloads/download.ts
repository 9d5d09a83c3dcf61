import {createHash} from 'node:crypto'
import type {FileHandle} from 'node:fs/promises'
import type {ArtifactFrom, DownloadContext, FetchOptions} from '../downloads.ts'
import {Problem} from '../../problem.ts'
import {downloadFailed} from './download-problem.ts'
import {openTransfer, TransferFailure} from './transfer.ts'

const attempts = 4

/**
 * Writes what an address gives into an open file and returns its sha256, hex. Broken connections and busy servers are tried three
 * times more, after 1, 2 and 4 seconds, each time from the start. Throws download-failed, interrupted, and the file's own errors.
 */
export async function downloadInto(
  handle: FileHandle,
  context: DownloadContext,
  artifact: ArtifactFrom<'online'>,
  {signal, onBytes}: FetchOptions,
): Promise<string> {
  const {source} = artifact.origin
  for (let attempt = 1; ; attempt += 1) {
    try {
      await handle.truncate(0)
      return await copy(handle, context, source, signal, onBytes)
    } catch (error) {
      if (signal.aborted)
        throw new Problem('interrupted', {message: `Interrupted while ${artifact.name} was downloaded`})
      if (!(error instanceof TransferFailure)) throw error
      if (!error.passing || attempt === attempts) throw downloadFailed(artifact, source, error.message)
      await context.clock.sleep(500 * 2 ** attempt, signal)
    }
  }
}

async function copy(
  handle: FileHandle,
  context: DownloadContext,
  source: string,
  signal: AbortSignal,
  onBytes: FetchOptions['onBytes'],
): Promise<string> {
  const hash = createHash('sha256')
  const {body, total} = await openTransfer(context, source, signal)
  let done = 0
  for await (const part of body) {
    hash.update(part)
    await writeAll(handle, part, done)
    done += part.length
    onBytes?.(done, total)
  }
  if (total !== undefined && done !== total)
    throw new TransferFailure(`the connection closed after ${done} of ${total} bytes`, true)
  return hash.digest('hex')
}

async function writeAll(handle: FileHandle, part: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < part.length; )
    done += (await handle.write(part, done, part.length - done, at + done)).bytesWritten
}
