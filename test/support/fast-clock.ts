import {setTimeout} from 'node:timers/promises'
import type {Clock} from '../../src/drivers/ports.ts'

/** A clock on which time goes by so many times as fast, for what waits for things that answer at once. */
export function makeFastClock(times: number): Clock {
  return {
    now: () => performance.now() * times,
    sleep: (milliseconds, signal) => setTimeout(milliseconds / times, undefined, signal ? {signal} : {}),
  }
}
