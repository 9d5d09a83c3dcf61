import {test} from 'vitest'
import type {Suite} from '../support/stage.ts'

/** What takes minutes and is not tried each time: with K8S_LOCAL_FAULTS=all it runs, without it is a skip that says so. */
export function onDemand(suite: Suite): Suite {
  const isAsked = process.env.K8S_LOCAL_FAULTS === 'all'
  if (isAsked) return suite
  return () => test.skipIf(!isAsked)('takes minutes, so it is tried with K8S_LOCAL_FAULTS=all alone', () => undefined)
}
