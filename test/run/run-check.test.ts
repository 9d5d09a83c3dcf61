import {describe, expect, test} from 'vitest'
import type {Check} from '../../src/checks/check.ts'
import {runCheck} from '../../src/run/run-check.ts'
import {fakeContext} from './fakes.ts'

/** A check of a thing that works from the given second on. */
function checkOf(worksFrom: number, settleSeconds: number | undefined, context: ReturnType<typeof fakeContext>): Check {
  return {
    title: 'It works',
    tier: 'quick',
    ...(settleSeconds !== undefined && {settleSeconds}),
    subjects: () => ['it'],
    label: () => 'it',
    probes: () => ({}),
    judge: () =>
      context.drivers.clock.now() >= worksFrom * 1000
        ? {status: 'pass', summary: 'works'}
        : {status: 'fail', summary: 'does not'},
  }
}

describe('a check that fails', () => {
  test.each([
    ['is looked at again while it may settle', 3, 10, 'pass', 3],
    ['fails in the end, when it does not settle in time', 60, 10, 'fail', 10],
    ['fails at once, where nothing can settle', 3, undefined, 'fail', 0],
  ] as const)('%s', async (_, worksFrom, settleSeconds, status, seconds) => {
    const context = fakeContext()

    expect(await runCheck('it', checkOf(worksFrom, settleSeconds, context), 'it', context)).toMatchObject({
      status,
      seconds,
    })
  })
})
