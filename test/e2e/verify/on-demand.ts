import {test} from 'vitest'
import type {Suite} from '../support/stage.ts'

/** What takes minutes and is not tried each time: with K8S_LOCAL_FAULTS=all it runs, without it is a skip that says so. */
export function onDemand(suite: Suite): Suite {
  if (process.env.K8S_LOCAL_FAULTS === 'all') return suite
  return () => test.skip('takes minutes, so it is tried with K8S_LOCAL_FAULTS=all alone', () => undefined)
}
