import type {Clock} from '../../drivers/ports.ts'

/** Milliseconds in which an answer serves whoever asks the same. */
const fresh = 300

/** Asks once for all who ask the same within a moment. A failure is not kept. One who gives up does not end the question: others wait for it. */
export function shareAnswers<T>(
  clock: Clock,
): (key: string, ask: () => Promise<T>, signal?: AbortSignal) => Promise<T> {
  const asked = new Map<string, {readonly at: number; readonly answer: Promise<T>}>()
  return (key, ask, signal) => {
    const known = asked.get(key)
    const isFresh = known !== undefined && clock.now() - known.at <= fresh
    const answer = isFresh ? known.answer : ask()
    if (!isFresh) {
      asked.set(key, {at: clock.now(), answer})
      answer.catch(() => asked.delete(key))
    }
    return orAbort(answer, signal)
  }
}

async function orAbort<T>(answer: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return answer
  const over = new AbortController()
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), {once: true, signal: over.signal})
  })
  try {
    return await Promise.race([answer, aborted])
  } finally {
    over.abort()
  }
}
