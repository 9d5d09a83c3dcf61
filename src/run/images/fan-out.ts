import type {ReadableStreamLike} from '../../drivers/streams.ts'

/** One reader of a shared stream. */
export interface Branch {
  /** Ends with the source; throws what the source threw. Closing the iterator closes the branch. */
  readonly stream: ReadableStreamLike
  /** The reader is gone: the others no longer wait for it. Safe to call twice. */
  close(): void
}

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
  const queues = Array.from({length: readers}, () => makeQueue())
  const pump = async () => {
    let done = 0
    try {
      for await (const chunk of source) {
        signal.throwIfAborted()
        for (const queue of queues) queue.push(chunk)
        done += chunk.byteLength
        onBytes?.(done)
        await Promise.all(queues.map((queue) => queue.below(buffer)))
        if (queues.every((queue) => queue.closed())) return
      }
      for (const queue of queues) queue.end()
    } catch (error) {
      for (const queue of queues) queue.fail(error)
    }
  }
  const stopAll = () => {
    for (const queue of queues) queue.fail(signal.reason)
  }
  if (signal.aborted) stopAll()
  signal.addEventListener('abort', stopAll, {once: true})
  return {
    branches: queues.map((queue) => ({stream: queue.stream, close: queue.close})),
    pump: () => pump().finally(() => signal.removeEventListener('abort', stopAll)),
  }
}

interface Queue {
  readonly stream: ReadableStreamLike
  push(chunk: Uint8Array): void
  end(): void
  fail(error: unknown): void
  close(): void
  closed(): boolean
  /** Resolves when fewer than that many bytes wait, or the queue is closed. */
  below(bytes: number): Promise<void>
}

function makeQueue(): Queue {
  const chunks: Uint8Array[] = []
  const waiting: (() => void)[] = []
  let bytes = 0
  let state: {readonly type: 'open' | 'ended' | 'closed'} | {readonly type: 'failed'; readonly error: unknown} = {
    type: 'open',
  }

  const wake = () => {
    for (const resolve of waiting.splice(0)) resolve()
  }
  const change = () => new Promise<void>((resolve) => waiting.push(resolve))
  const become = (next: typeof state) => {
    if (state.type !== 'open') return
    state = next
    if (next.type !== 'ended') bytes = chunks.splice(0).length * 0
    wake()
  }
  const close = () => {
    if (state.type === 'ended') state = {type: 'closed'}
    become({type: 'closed'})
    chunks.length = 0
  }
  async function* read(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        const chunk = chunks.shift()
        if (chunk) {
          bytes -= chunk.byteLength
          wake()
          yield chunk
        } else if (state.type === 'open') await change()
        else if (state.type === 'failed') throw state.error
        else return
      }
    } finally {
      close()
    }
  }
  return {
    stream: {[Symbol.asyncIterator]: read},
    push(chunk) {
      if (state.type !== 'open') return
      chunks.push(chunk)
      bytes += chunk.byteLength
      wake()
    },
    end: () => become({type: 'ended'}),
    fail: (error) => become({type: 'failed', error}),
    close,
    closed: () => state.type === 'closed' || state.type === 'failed',
    async below(limit) {
      while (state.type === 'open' && bytes >= limit) await change()
    },
  }
}
