import {clock} from '../../src/drivers/clock.ts'
import type {Clock} from '../../src/drivers/ports.ts'

/** A clock on which time goes by so many times as fast, for what waits for things that answer at once. */
export function makeFastClock(times: number): Clock {
  return {
    now: () => clock.now() * times,
    sleep: (milliseconds, signal) => clock.sleep(milliseconds / times, signal),
  }
}
