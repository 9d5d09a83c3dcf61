import {describe, expect, test} from 'vitest'
import type {KubernetesDriver} from '../../../src/drivers/ports.ts'
import {evictPods} from '../../../src/run/executors/evict-pods.ts'
import {fakeContext} from '../fakes.ts'

const one = {namespace: 'team', name: 'one', uid: 'u1'}
const two = {namespace: 'team', name: 'two', uid: 'u2'}

describe('evict-pods', () => {
  test('asks each until its budget allows, and waits until that very pod is gone', async () => {
    const answers = {u1: ['evicted'], u2: ['refused', 'refused', 'evicted']} as Record<string, string[]>
    const left = {one: 2, two: 1} as Record<string, number>
    const context = world(
      (pod) => answers[pod.uid]?.shift() as 'evicted',
      (name) => ((left[name] = (left[name] ?? 0) - 1) >= 0 ? `u${name === 'one' ? 1 : 2}` : 'of its successor'),
    )

    expect(await evictPods({type: 'evict-pods', pods: [one, two]}, context)).toEqual({already: false})
    expect(context.told[0]).toBe('one is ending, two is kept by its disruption budget')
  })

  test('finds its work done when the pods are gone', async () => {
    const context = world(() => 'gone')

    expect(await evictPods({type: 'evict-pods', pods: [one]}, context)).toEqual({already: true})
  })

  test('says which budget has to be looked at when one is never allowed', async () => {
    const context = world(() => 'refused')

    await expect(evictPods({type: 'evict-pods', pods: [one]}, context)).rejects.toMatchObject({
      data: {
        name: 'wait-timeout',
        message: 'Waited 180 s for the end of one',
        cause: 'Last seen: one is kept by its disruption budget',
      },
    })
  })
})

function world(
  evict: (pod: typeof one) => Awaited<ReturnType<KubernetesDriver['evict']>>,
  uidOf: (name: string) => string | undefined = () => undefined,
) {
  return fakeContext({
    kubernetes: {
      evict: async (pod) => evict(pod),
      read: async ({name}) => {
        const uid = uidOf(name)
        return uid === undefined ? undefined : {apiVersion: 'v1', kind: 'Pod', metadata: {name, uid}}
      },
    },
  })
}
