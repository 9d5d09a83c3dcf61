import {createHash} from 'node:crypto'
import {createReadStream} from 'node:fs'

/** The hash of a file, hex. Rejects with the system's error when it cannot be read, with AbortError when the signal aborts. */
export async function sha256Of(file: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file, {highWaterMark: 1 << 20, ...(signal ? {signal} : {})}))
    hash.update(chunk as Uint8Array)
  return hash.digest('hex')
}
