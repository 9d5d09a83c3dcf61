import type {Writable} from 'node:stream'
import type {ReadableStreamLike} from '../streams.ts'

/**
 * Writes a source into a child's standard input, no faster than the child reads, and closes it. A child that stops reading
 * (EPIPE) ends the feeding without an error: how the child ended tells more. Rejects with the source's own error.
 */
export async function feed(stdin: Writable, source: string | ReadableStreamLike): Promise<void> {
  let closed = false
  const iterator = typeof source === 'string' ? undefined : source[Symbol.asyncIterator]()
  const close = (): void => {
    closed = true
    // A source that is shared with other readers must not go on waiting for this one.
    void iterator?.return?.().catch(() => undefined)
  }
  // An 'error' is always followed by 'close'; without this listener it would end the whole program.
  stdin.on('error', () => undefined).once('close', close)
  if (stdin.destroyed) close()
  if (typeof source === 'string') {
    stdin.end(source)
    return
  }
  while (iterator && !closed) {
    const next = await iterator.next()
    if (next.done || stdin.destroyed) break
    if (!stdin.write(next.value)) await drained(stdin)
  }
  stdin.end()
}

/** Tells a source that nobody will read it. */
export async function discard(source: ReadableStreamLike): Promise<void> {
  await source[Symbol.asyncIterator]().return?.()
}

function drained(stdin: Writable): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      stdin.off('drain', done).off('close', done)
      resolve()
    }
    stdin.once('drain', done).once('close', done)
  })
}
