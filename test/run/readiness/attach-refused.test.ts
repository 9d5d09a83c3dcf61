import {describe, expect, test} from 'vitest'
import {wait} from '../../../src/run/executors/wait.ts'
import type {KubernetesObject} from '../../../src/steps/object.ts'
import {fakeContext} from '../fakes.ts'
import {fakeWatch} from './fake-watch.ts'

const exhausted =
  'plugin type="multus" failed (add): failed to allocate for range 0: no IP addresses available in range set: 10.0.0.1-10.0.0.2'
const away = 'dial unix /run/multus/multus.sock: connect: connection refused; no IP addresses available in range set: x'

function pod(ready: boolean): KubernetesObject {
  const conditions = [{type: 'Ready', status: ready ? 'True' : 'False'}]
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {name: 'late', namespace: 'team'},
    status: {phase: ready ? 'Running' : 'Pending', conditions},
  }
}

function refusal(message: string, name = 'late'): KubernetesObject {
  return {apiVersion: 'v1', kind: 'Event', metadata: {name: 'e'}, involvedObject: {name}, message}
}

/** A cluster whose pod stays as it is, and which has these events. */
function waiting(events: readonly KubernetesObject[], onTimeout: 'fail' | 'continue' = 'fail') {
  const watches = {Pod: fakeWatch([[pod(false)]]), Event: fakeWatch([events])}
  const signals: AbortSignal[] = []
  const watch: ReturnType<typeof fakeWatch>['watch'] = (watched, onChange, signal) => {
    if (signal) signals.push(signal)
    return watches[watched.kind as keyof typeof watches].watch(watched, onChange, signal)
  }
  const context = fakeContext(
    {kubernetes: {watch, read: async () => pod(false), get: async () => undefined}},
    {seconds: 60},
  )
  const action = {
    type: 'wait',
    for: {type: 'pods-ready', namespace: 'team', names: ['late']},
    timeoutSeconds: 60,
    onTimeout,
  } as const
  return {context, signals, end: wait(action, context)}
}

describe('waiting for a pod that a network refuses', () => {
  test('ends soon, with the cause, the plugin’s words and what helps', async () => {
    const {end, context} = waiting([refusal(exhausted)])

    await expect(end).rejects.toMatchObject({
      data: {
        name: 'pod-failed',
        message: 'Pod team/late does not get its network: every address of 10.0.0.1-10.0.0.2 is taken',
        cause: exhausted,
        suggestions: [
          'delete pods that use the network, or make it anew with a larger range',
          'kubectl --context kind-demo -n team describe pod late',
        ],
      },
    })
    expect(context.drivers.clock.now()).toBeLessThan(15_000)
  })

  test('is no different with thick Multus, whose daemon passes on what the plugin said', async () => {
    const thick = `plugin type="multus-shim" failed (add): CmdAdd (shim): CNI request failed with status 400: '${exhausted}'`

    await expect(waiting([refusal(thick)]).end).rejects.toMatchObject({data: {name: 'pod-failed'}})
  })

  test.each([
    ['another pod is refused', refusal(exhausted, 'other')],
    ['an agent of the cluster is away', refusal(away)],
    ['the reason is not known', refusal('something new')],
  ])('goes on to its deadline when %s', async (_what, event) => {
    await expect(waiting([event]).end).rejects.toMatchObject({data: {name: 'wait-timeout'}})
  })

  test('is no failure of a wait that may go on: what follows looks at the pod itself', async () => {
    const {end, context} = waiting([refusal(exhausted)], 'continue')

    expect(await end).toEqual({already: false})
    expect(context.told.at(-1)).toMatch(/^going on: Pod team\/late does not get its network/)
  })

  test('leaves no watch behind, which would hold up the end of the program', async () => {
    const {end, signals} = waiting([refusal(exhausted)], 'continue')
    await end

    expect(signals.map(({aborted}) => aborted)).toEqual([true, true])
  })
})
