import {describe, expect, test} from 'vitest'
import {restartPods} from '../../../src/run/executors/restart-pods.ts'
import type {KubernetesObject, ObjectRef} from '../../../src/steps/object.ts'
import {fakeContext} from '../fakes.ts'

const action = {type: 'restart-pods', kind: 'DaemonSet', namespace: 'kube-system', name: 'agents'} as const

describe('pods of a workload', () => {
  test('are deleted, and the step ends when others are Ready', async () => {
    const {context, deleted} = world({back: 30})

    expect(await restartPods(action, context)).toEqual({already: false})
    expect(deleted).toEqual(['agents-a', 'agents-b'])
    expect(context.drivers.clock.now()).toBeGreaterThanOrEqual(30_000)
    expect(context.told.at(-1)).toBe('2 of 2 Ready again')
  })

  test('of one node are those of that node alone', async () => {
    const {context, deleted} = world({back: 1})

    await restartPods({...action, node: 'b'}, context)

    expect(deleted).toEqual(['agents-b'])
  })

  test('that do not come back do not end the run: it is told, and what looks next says it', async () => {
    const {context} = world({back: Number.POSITIVE_INFINITY})

    expect(await restartPods(action, context)).toEqual({already: false})
    expect(context.told.at(-1)).toBe('not all Ready again within 120 s, going on')
  })

  test('of a workload that is not there are none', async () => {
    const {context} = world({back: 0, there: false})

    expect(await restartPods(action, context)).toEqual({already: true})
    expect(context.told).toEqual(['DaemonSet kube-system/agents does not exist'])
  })
})

/** Pods of nodes a and b; a deleted one is replaced after `back` seconds. */
function world({back, there = true}: {readonly back: number; readonly there?: boolean}) {
  const deleted: string[] = []
  const context: ReturnType<typeof fakeContext> = fakeContext({
    kubernetes: {
      read: async () => (there ? workload : undefined),
      list: async () =>
        ['a', 'b'].map((node) => {
          const isOld = !deleted.includes(`agents-${node}`)
          const ready = isOld || context.drivers.clock.now() >= back * 1000
          return podOf(node, {uid: isOld ? 'old' : 'new', ready})
        }),
      delete: async ({name}: ObjectRef) => {
        deleted.push(name)
        return true
      },
    },
  })
  return {context, deleted}
}

const workload: KubernetesObject = {
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: {name: 'agents', namespace: 'kube-system'},
  spec: {selector: {matchLabels: {app: 'agents'}}},
}

function podOf(node: string, {uid, ready}: {readonly uid: string; readonly ready: boolean}): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {name: `agents-${node}`, uid: `${uid}-${node}`},
    spec: {nodeName: node},
    status: {conditions: [{type: 'Ready', status: ready ? 'True' : 'False'}]},
  }
}
