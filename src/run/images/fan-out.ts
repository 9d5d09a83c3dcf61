import type {ReadableStreamLike} from '../../drivers/streams.ts'
import {type ByteQueue, makeByteQueue} from './byte-queue.ts'

/** One reader of a shared stream; `close` says that the reader is gone, so that the others no longer wait for it. */
export type Branch = Pick<ByteQueue, 'stream' | 'close'>

export interface FanOut {
  readonly branches: readonly Branch[]
  /** Reads the source to its end, or until no reader is left. Never rejects: a fault of the source reaches every reader. */
  pump(): Promise<void>
}

export interface FanOutOptions {
  readonly signal: AbortSignal
  /** Bytes read of the source so far. */
  readonly onBytes?: (done: number) => void
  /** Bytes that the slowest reader may be behind. */
  readonly buffer?: number
}

const defaultBuffer = 4 * 1024 * 1024

/** Splits a stream over readers that each go at their own speed: the source is read once, as fast as the slowest reader that is still there. */
export function fanOut(
  source: ReadableStreamLike,
  readers: number,
  {signal, onBytes, buffer = defaultBuffer}: FanOutOptions,
): FanOut {
  const queues = Array.from({length: readers}, () => makeByteQueue())
  const failAll = (error: unknown) => {
    for (const queue of queues) queue.fail(error)
  }
  const onAbort = () => failAll(signal.reason)
  const pump = async () => {
    let done = 0
    try {
      for await (const chunk of source) {
        signal.throwIfAborted()
        for (const queue of queues) queue.push(chunk)
        done += chunk.byteLength
        onBytes?.(done)
        await Promise.all(queues.map((queue) => queue.untilBelow(buffer)))
        if (queues.every((queue) => queue.isOver())) return
      }
      for (const queue of queues) queue.end()
    } catch (error) {
      failAll(error)
    } finally {
      signal.removeEventListener('abort', onAbort)
    }
  }
  if (signal.aborted) onAbort()
  signal.addEventListener('abort', onAbort)
  return {branches: queues, pump}
}
