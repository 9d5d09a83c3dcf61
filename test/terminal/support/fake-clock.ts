import type {Clock} from '../../../src/drivers/ports.ts'

/** A clock that stands still until it is told to go on. */
export interface FakeClock extends Clock {
  /** Lets this much time pass; every sleep that ends in it is over afterwards. */
  advance(milliseconds: number): Promise<void>
}

export function makeFakeClock(): FakeClock {
  let time = 0
  const sleeping = new Set<{readonly until: number; readonly wake: () => void}>()
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve))
  return {
    now: () => time,
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        const stop = (): void => {
          sleeping.delete(sleeper)
          reject(new Error('aborted'))
        }
        const wake = (): void => {
          signal?.removeEventListener('abort', stop)
          resolve()
        }
        const sleeper = {until: time + milliseconds, wake}
        sleeping.add(sleeper)
        signal?.addEventListener('abort', stop)
      }),
    advance: async (milliseconds) => {
      const end = time + milliseconds
      for (;;) {
        await settle()
        const next = [...sleeping].filter(({until}) => until <= end).toSorted((a, b) => a.until - b.until)[0]
        if (!next) break
        time = next.until
        sleeping.delete(next)
        next.wake()
      }
      time = end
      await settle()
    },
  }
}
