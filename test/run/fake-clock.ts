import type {Clock} from '../../src/drivers/ports.ts'
import {Problem} from '../../src/problem.ts'

export interface FakeClock extends Clock {
  /** Milliseconds of every sleep that was asked for. */
  readonly sleeps: readonly number[]
}

interface Sleeper {
  readonly due: number
  wake(): void
}

/** Turns of the event loop without news, after which all that can happen without time passing has happened. */
const quietTurns = 6

/** A clock that jumps: as soon as nothing else happens, it is the time at which the next sleeper wakes. */
export function makeFakeClock(): FakeClock {
  const sleepers = new Set<Sleeper>()
  const sleeps: number[] = []
  let now = 0
  let turning = false

  const turn = (left: number): void => {
    if (left > 0) {
      setImmediate(() => turn(left - 1))
      return
    }
    const [next] = [...sleepers].toSorted((a, b) => a.due - b.due)
    turning = next !== undefined
    if (!next) return
    now = Math.max(now, next.due)
    sleepers.delete(next)
    next.wake()
    turn(quietTurns)
  }

  return {
    sleeps,
    now: () => now,
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        const interrupted = () => reject(new Problem('interrupted', {message: 'Interrupted while waiting'}))
        if (signal?.aborted) {
          interrupted()
          return
        }
        sleeps.push(milliseconds)
        const onAbort = () => {
          sleepers.delete(sleeper)
          interrupted()
        }
        const wake = () => {
          signal?.removeEventListener('abort', onAbort)
          resolve()
        }
        const sleeper: Sleeper = {due: now + milliseconds, wake}
        sleepers.add(sleeper)
        signal?.addEventListener('abort', onAbort)
        if (turning) return
        turning = true
        turn(quietTurns)
      }),
  }
}
