import {describe, expect, test} from 'vitest'
import type {Check} from '../../src/checks/check.ts'
import {primaryUnharmed} from '../../src/checks/reach/primary-unharmed.ts'
import {Problem} from '../../src/problem.ts'
import {runCheck} from '../../src/run/run-check.ts'
import {fakeContext, finished} from './fakes.ts'

/** A check of a thing that works from the given second on. */
function checkOf(worksFrom: number, settleSeconds: number | undefined, context: ReturnType<typeof fakeContext>): Check {
  return {
    id: 'T00',
    title: 'It works',
    tier: 'quick',
    severity: 'error',
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

    expect(
      await runCheck(checkOf(worksFrom, settleSeconds, context), {check: 'it', subject: 'it'}, context),
    ).toMatchObject({
      status,
      seconds,
    })
  })
})

describe('a look that gets no answer', () => {
  test('is made once more, for the machine may have been busy', async () => {
    let looks = 0
    const context = fakeContext({
      kubernetes: {
        exec: async () => {
          looks += 1
          return looks === 1 ? new Promise<never>(() => undefined) : finished('default via 10.244.1.1 dev eth0 \n')
        },
        read: async () => undefined,
      },
    })
    const probes = {routes: {type: 'pod', namespace: 'v', pod: 'a', argv: ['ip', 'route']}} as const
    const check: Check = {
      ...checkOf(0, undefined, context),
      probes: () => probes,
      judge: ({routes}) =>
        routes?.type === 'text'
          ? {status: 'pass', summary: routes.stdout.trim()}
          : {status: 'error', summary: `could not look: ${routes?.type === 'failed' ? routes.reason : ''}`},
    }

    expect(await runCheck(check, {check: 'it', subject: 'it'}, context)).toMatchObject({status: 'pass'})
    expect(looks).toBe(2)
  })
})

describe('a check of verify that looks into a pod', () => {
  const look = async (pod: string) => {
    const context = fakeContext({
      kubernetes: {
        exec: async () => {
          throw new Problem('api-refused', {message: 'container not found'})
        },
        read: async ({name}) => ({apiVersion: 'v1', kind: 'Pod', metadata: {name}, status: {conditions: []}}),
      },
    })
    const subject = {namespace: 'v', pod, peer: '', primary: 'k8s-pod-network'}
    return runCheck(primaryUnharmed, {check: 'primary-unharmed', subject}, context)
  }

  test('leaves it to another one to say that a probe pod does not start', async () => {
    expect(await look('probe-twin-b')).toMatchObject({
      status: 'skip',
      summary: 'v/probe-twin-b is not Ready: see attach-ready',
    })
  })
})

describe('the primary network of a pod', () => {
  const subject = {namespace: 'v', pod: 'a', peer: '', primary: 'k8s-pod-network'}
  /** A pod that the API's service answers from the given second on; before, its name does not resolve. */
  const podOf = (answersFrom: number) => {
    const context: ReturnType<typeof fakeContext> = fakeContext({
      kubernetes: {
        exec: async (_pod, argv) => {
          if (argv[0] === 'ip') return finished('default via 10.244.1.1 dev eth0 \n')
          const answers = context.drivers.clock.now() >= answersFrom * 1000
          return answers ? finished('200 10.96.0.1 0.007') : finished('000  0.015', {exitCode: 6})
        },
      },
    })
    return context
  }

  test.each([
    ['is unharmed, though its node learns of CoreDNS a moment after the roll-out', 2, 'pass', 2],
    ['is harmed, when services stay out of reach', 60, 'fail', 10],
  ] as const)('%s', async (_, answersFrom, status, seconds) => {
    expect(await runCheck(primaryUnharmed, {check: 'primary-unharmed', subject}, podOf(answersFrom))).toMatchObject({
      status,
      seconds,
    })
  })
})
