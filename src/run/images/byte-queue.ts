import type {ReadableStreamLike} from '../../drivers/streams.ts'

/** Bytes on their way to one reader. */
export interface ByteQueue {
  /** Ends with the queue; throws what it failed with. Closing the iterator closes the queue. */
  readonly stream: ReadableStreamLike
  /** Does nothing once the queue has ended in any way. */
  push(chunk: Uint8Array): void
  /** No more will come; what waits is still read. */
  end(): void
  /** The reader gets the error instead of what waits. */
  fail(error: unknown): void
  /** The reader is gone. Safe to call twice. */
  close(): void
  /** Whether nobody will read any more. */
  isOver(): boolean
  /** Resolves when fewer than that many bytes wait, or nobody will read them. */
  untilBelow(bytes: number): Promise<void>
}

type State =
  | {readonly type: 'open'}
  | {readonly type: 'ended'}
  | {readonly type: 'closed'}
  | {readonly type: 'failed'; readonly error: unknown}

export function makeByteQueue(): ByteQueue {
  const chunks: Uint8Array[] = []
  const waiting: (() => void)[] = []
  let bytes = 0
  let state: State = {type: 'open'}

  const isOver = () => state.type === 'closed' || state.type === 'failed'
  const changed = () => new Promise<void>((resolve) => waiting.push(resolve))
  const become = (next: State) => {
    state = next
    if (isOver()) {
      chunks.length = 0
      bytes = 0
    }
    wake()
  }
  const wake = () => {
    for (const resolve of waiting.splice(0)) resolve()
  }
  const take = () => {
    const chunk = chunks.shift()
    bytes -= chunk?.byteLength ?? 0
    if (chunk) wake()
    return chunk
  }
  const close = () => {
    if (!isOver()) become({type: 'closed'})
  }
  async function* read(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        const chunk = take()
        if (chunk) yield chunk
        else if (state.type === 'open') await changed()
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
    end() {
      if (state.type === 'open') become({type: 'ended'})
    },
    fail(error) {
      if (!isOver()) become({type: 'failed', error})
    },
    close,
    isOver,
    async untilBelow(limit) {
      while (state.type === 'open' && bytes >= limit) await changed()
    },
  }
}
