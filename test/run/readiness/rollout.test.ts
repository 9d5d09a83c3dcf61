import {describe, expect, test} from 'vitest'
import {wait} from '../../../src/run/executors/wait.ts'
import type {Json, KubernetesObject} from '../../../src/steps/object.ts'
import {fakeContext} from '../fakes.ts'
import {fakeWatch} from './fake-watch.ts'

describe('waiting for a roll-out', () => {
  test('is complete when every wanted pod is new and available', async () => {
    const {result} = await run({
      lists: [
        [],
        [daemonSet({desired: 3, updated: 3, available: 2})],
        [daemonSet({desired: 3, updated: 3, available: 3})],
      ],
    })

    expect(result).toEqual({already: false})
  })

  test('is already complete when the first look says so', async () => {
    const {result} = await run({lists: [[daemonSet({desired: 3, updated: 3, available: 3})]]})

    expect(result).toEqual({already: true})
  })

  test('says figures, waiting reasons and the last warning at the deadline', async () => {
    const pods = [pod('cilium-a', {waiting: {reason: 'ContainerCreating'}})]
    const events = {
      items: [
        warning('FailedScheduling', 'earlier', '2026-01-01T00:00:00Z'),
        warning('FailedCreatePodSandBox', 'no plugin', '2026-01-01T00:01:00Z'),
      ],
    }
    const {failure} = await run({lists: [[daemonSet({desired: 3, updated: 3, available: 2})]], pods, answers: {events}})

    expect(failure).toMatchObject({
      name: 'wait-timeout',
      message: 'Waited 60 s for the roll-out of DaemonSet kube-system/cilium',
      suggestions: ['kubectl --context kind-demo -n kube-system describe daemonset cilium'],
    })
    expect(failure?.cause?.split('\n')).toEqual([
      expect.stringMatching(/^Last seen: cilium 2 of 3 available/),
      'cilium-a: agent ContainerCreating',
      'cilium-a: FailedCreatePodSandBox: no plugin',
    ])
  })

  test('gives up early on an image that cannot be had, with the event', async () => {
    const pods = [pod('cilium-a', {waiting: {reason: 'ImagePullBackOff', message: 'Back-off pulling image'}})]
    const {failure, seconds} = await run({
      lists: [[daemonSet({desired: 3, updated: 3, available: 0})]],
      pods,
      answers: {events: {items: [warning('Failed', 'no such host', '2026-01-01T00:00:00Z')]}},
    })

    expect(failure).toMatchObject({
      name: 'pod-failed',
      message: 'Pod kube-system/cilium-a does not start: container agent is in ImagePullBackOff',
      cause: 'Failed: no such host',
    })
    expect(seconds).toBeGreaterThan(20)
    expect(seconds).toBeLessThan(30)
  })

  test('gives up early on a container that has crashed three times, with its last words', async () => {
    const pods = [pod('cilium-a', {waiting: {reason: 'CrashLoopBackOff'}}, 3)]
    const {failure, seconds} = await run({
      lists: [[daemonSet({desired: 3, updated: 3, available: 0})]],
      pods,
      answers: {log: 'starting\nfatal: no modules\n'},
    })

    expect(failure).toMatchObject({
      name: 'pod-failed',
      message: 'Pod kube-system/cilium-a does not start: container agent is in CrashLoopBackOff after 3 restarts',
      cause: 'starting\nfatal: no modules',
      suggestions: ['kubectl --context kind-demo -n kube-system logs cilium-a -c agent --previous'],
    })
    expect(seconds).toBeLessThan(5)
  })

  test('is patient with a container that has crashed once', async () => {
    const pods = [pod('cilium-a', {waiting: {reason: 'CrashLoopBackOff'}}, 1)]
    const {failure} = await run({lists: [[daemonSet({desired: 3, updated: 3, available: 0})]], pods})

    expect(failure?.name).toBe('wait-timeout')
    expect(failure?.cause).toContain('cilium-a: agent CrashLoopBackOff, 1 restarts')
  })

  test('does not take an image for refused that came after all', async () => {
    let looks = 0
    const refused = [pod('cilium-a', {waiting: {reason: 'ErrImagePull'}})]
    const {failure} = await run({
      lists: [[daemonSet({desired: 3, updated: 3, available: 0})]],
      pods: () => ((looks += 1) % 5 === 0 ? [] : refused),
    })

    expect(failure?.name).toBe('wait-timeout')
  })
})

interface Options {
  readonly lists: readonly (readonly KubernetesObject[])[]
  readonly pods?: readonly KubernetesObject[] | (() => readonly KubernetesObject[])
  readonly answers?: {readonly events?: Json; readonly log?: string}
}

async function run({lists, pods = [], answers = {}}: Options) {
  const {watch} = fakeWatch(lists)
  const list = async () => (typeof pods === 'function' ? pods() : pods)
  const get = async (path: string) => (path.includes('/log?') ? answers.log : answers.events)
  const context = fakeContext({kubernetes: {watch, list, get}})
  const readiness = {type: 'rollout', kind: 'DaemonSet', namespace: 'kube-system', name: 'cilium'} as const
  try {
    const result = await wait({type: 'wait', for: readiness, timeoutSeconds: 60, onTimeout: 'fail'}, context)
    return {result, seconds: context.drivers.clock.now() / 1000}
  } catch (error) {
    const {data} = error as {readonly data?: {readonly name: string; readonly message: string; readonly cause?: string}}
    if (!data) throw error
    return {failure: data, seconds: context.drivers.clock.now() / 1000}
  }
}

function daemonSet({
  desired,
  updated,
  available,
}: {
  desired: number
  updated: number
  available: number
}): KubernetesObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: {name: 'cilium', namespace: 'kube-system', generation: 1},
    spec: {selector: {matchLabels: {'k8s-app': 'cilium'}}},
    status: {
      observedGeneration: 1,
      desiredNumberScheduled: desired,
      updatedNumberScheduled: updated,
      numberAvailable: available,
    },
  }
}

function pod(name: string, state: unknown, restartCount = 0): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {name, namespace: 'kube-system'},
    status: {phase: 'Pending', containerStatuses: [{name: 'agent', restartCount, state}]},
  }
}

function warning(reason: string, message: string, lastTimestamp: string): Json {
  return {type: 'Warning', reason, message, lastTimestamp}
}
