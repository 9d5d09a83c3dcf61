import {describe, expect, test} from 'vitest'
import {startTimes} from '../../src/run/start-times.ts'
import type {KubernetesObject} from '../../src/steps/object.ts'
import {fakeContext} from './fakes.ts'

describe('start times', () => {
  test('run from the creation of each pod, one after another, and the pods are gone afterwards', async () => {
    const {context, there} = world({a: [2, 3], b: [4, 5]})

    expect(await startTimes({type: 'start-times', pods: [podOf('a'), podOf('b')]}, context)).toEqual({
      type: 'start-times',
      pods: [
        {pod: 'a', sandbox: 2, ready: 3},
        {pod: 'b', sandbox: 4, ready: 5},
      ],
    })
    expect(there.size).toBe(0)
  })

  test('of a pod that does not start are none, and the next one is timed all the same', async () => {
    const {context} = world({a: [2, 60], b: [1, 2]})

    expect(await startTimes({type: 'start-times', pods: [podOf('a'), podOf('b')]}, context)).toEqual({
      type: 'start-times',
      pods: [
        {pod: 'a', sandbox: 2, ready: null},
        {pod: 'b', sandbox: 1, ready: 2},
      ],
    })
  })
})

/** A cluster in which a pod has its sandbox, and is Ready, so many seconds after its creation. */
function world(seconds: Readonly<Record<string, readonly [number, number]>>) {
  const there = new Set<string>()
  const context: ReturnType<typeof fakeContext> = fakeContext({
    kubernetes: {
      apply: async ({metadata: {name}}) => {
        there.add(name)
        return 'created'
      },
      watch: async ({fieldSelector = ''}, onChange, signal) => {
        const name = fieldSelector.replace('metadata.name=', '')
        const [sandbox, ready] = seconds[name] ?? [0, 0]
        const {clock} = context.drivers
        await clock.sleep(sandbox * 1000, signal)
        onChange([podOf(name, ['PodReadyToStartContainers'])])
        await clock.sleep((ready - sandbox) * 1000, signal)
        onChange([podOf(name, ['PodReadyToStartContainers', 'Ready'])])
      },
      delete: async ({name}) => there.delete(name),
      read: async ({name}) => (there.has(name) ? podOf(name) : undefined),
    },
  })
  return {context, there}
}

function podOf(name: string, conditions: readonly string[] = []): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {name, namespace: 'v'},
    status: {conditions: conditions.map((type) => ({type, status: 'True'}))},
  }
}
