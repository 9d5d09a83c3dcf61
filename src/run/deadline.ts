import type {Clock} from '../drivers/ports.ts'

export type InTime<T> = {readonly inTime: true; readonly value: T} | {readonly inTime: false}

/** Seconds that work gets to end after its deadline, before it is left alone. */
const graceSeconds = 5

/**
 * Runs `work` under a signal that aborts at the deadline or when `outer` aborts. Whether it was in time is a value; what `work` throws before the
 * deadline is passed on. Work that ignores its signal is left alone after a few seconds.
 */
export async function withDeadline<T>(
  clock: Clock,
  seconds: number,
  outer: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<InTime<T>> {
  const deadline = new AbortController()
  const over = new AbortController()
  const signal = outer ? AbortSignal.any([outer, deadline.signal]) : deadline.signal
  const late = clock.sleep(seconds * 1000, over.signal).then(
    () => deadline.abort(),
    () => undefined,
  )
  const working = work(signal).then((value) => ({inTime: true, value}) as const)
  try {
    const first = await Promise.race([working, late])
    if (first) return first
    const end = working.catch((error: unknown) =>
      outer?.aborted ? Promise.reject(error as Error) : ({inTime: false} as const),
    )
    const leave = clock.sleep(graceSeconds * 1000, over.signal).then(() => ({inTime: false}) as const)
    leave.catch(() => undefined)
    return await Promise.race([end, leave])
  } finally {
    over.abort()
  }
}
