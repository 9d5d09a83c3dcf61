import {test} from 'vitest'
import type {Suite} from '../support/stage.ts'

/** Whether all is asked for that takes minutes. */
export const allAskedFor: boolean = process.env.K8S_LOCAL_FAULTS === 'all'

/** What takes minutes and is not tried each time: with K8S_LOCAL_FAULTS=all it runs, without it is a skip that says so. */
export function onDemand(suite: Suite): Suite {
  if (allAskedFor) return suite
  return () =>
    test.skipIf(!allAskedFor)('takes minutes, so it is tried with K8S_LOCAL_FAULTS=all alone', () => undefined)
}
