import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import Repair from '../../src/commands/repair.ts'
import type {KubernetesObject} from '../../src/steps/object.ts'
import {makeFastClock} from '../support/fast-clock.ts'
import {type FakeCluster, runningPod, startFakeCluster} from './support/fake-cluster.ts'

let cluster: FakeCluster
beforeEach(async () => {
  cluster = await startFakeCluster()
})
afterEach(async () => {
  await cluster.stop()
})

const path = (name: string) => `/api/v1/namespaces/default/pods/${name}`

/** Runs on eth0 only, and asks for more. */
function lost(name: string, owned: boolean): KubernetesObject {
  const pod = runningPod(name, {networks: 'data', status: []})
  const {'k8s.v1.cni.cncf.io/network-status': _, ...annotations} = pod.metadata.annotations ?? {}
  const owner = owned ? {ownerReferences: [{kind: 'ReplicaSet', name: 'web', controller: true}]} : {}
  return {...pod, metadata: {...pod.metadata, uid: `uid-of-${name}`, annotations, ...owner}}
}

/** Looking takes ten verdicts, a second apart: here they come sooner. */
function repair(argv: readonly string[]): ReturnType<FakeCluster['run']> {
  return cluster.run(Repair, argv, {clock: makeFastClock(20)})
}

function checksOf(result: unknown): readonly string[] {
  const {checks} = result as {readonly checks: readonly {check: string; subject: string; status: string}[]}
  return checks.filter(({check}) => check.startsWith('repair:')).map(({subject, status}) => `${subject} ${status}`)
}

describe('repair', () => {
  test('has a controller make its pod anew, looks again, and then has nothing to do', async () => {
    cluster.add(lost('web-1', true))

    const mended = await repair(['--json'])
    const again = await repair(['--json'])

    expect(cluster.object(path('web-1'))).toBeUndefined()
    expect(checksOf(mended.result)).toEqual(['default/web-1 pass'])
    expect(again.result).toMatchObject({title: 'Repair the cluster fake: nothing to repair', steps: []})
  })

  test('leaves a bare pod until somebody agrees, and says so', async () => {
    cluster.add(lost('bare', false))

    const left = await repair(['--json'])

    expect(cluster.object(path('bare'))).toBeDefined()
    expect(checksOf(left.result)).toEqual(['default/bare fail'])
    expect(left.exitCode).toBe(1)
  })

  test('shows what it would do, and does nothing', async () => {
    cluster.add(lost('web-1', true))
    const before = cluster.api.requests.length

    const shown = await repair(['--dry-run'])

    expect(shown.stdout).toContain('Note: to mend: Pods have the interfaces that they ask for (default/web-1)')
    expect(cluster.api.requests.slice(before).filter(({method}) => method !== 'GET')).toEqual([])
  })
})
