import {setTimeout as wait} from 'node:timers/promises'
import {Problem} from '../problem.ts'
import type {Clock} from './ports.ts'

export const clock: Clock = {
  now: () => performance.now(),
  sleep: async (milliseconds, signal) => {
    try {
      await wait(milliseconds, undefined, signal ? {signal} : {})
    } catch (error) {
      if (signal?.aborted) throw new Problem('interrupted', {message: 'Interrupted while waiting'})
      throw error
    }
  },
}
