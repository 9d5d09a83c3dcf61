import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import Verify from '../../src/commands/verify.ts'
import {cleanUpCommand, policyFor} from '../../src/terminal/verify-keep.ts'
import {readVerify} from '../../src/terminal/verify-input.ts'
import {type FakeCluster, startFakeCluster} from './support/fake-cluster.ts'

const space = 'k8s-local-verify-old'
const labels = (run: string) => ({'k8s-local.dev/run': run})

let cluster: FakeCluster
beforeEach(async () => {
  cluster = await startFakeCluster()
})
afterEach(() => cluster.stop())

const verify = (...argv: readonly string[]) => cluster.run(Verify, argv, {id: 'verify'})

/** What a run that was killed has left, beside things of somebody else. */
function leaveRemains(): void {
  const of = (name: string, more: object = {}) => ({metadata: {name, labels: labels('old'), ...more}})
  cluster.add({apiVersion: 'v1', kind: 'Namespace', ...of(space)})
  cluster.add({apiVersion: 'v1', kind: 'Pod', ...of('probe-1', {namespace: space})})
  cluster.add({apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', ...of('k8s-local-verify-old')})
  cluster.add({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {name: 'k8s-local-verify-newer', labels: labels('newer'), creationTimestamp: '2026-11-28T10:00:00Z'},
  })
  cluster.add({apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'team', labels: {run: 'old'}}})
}

describe('verify --cleanup', () => {
  test('removes what runs have left, in a namespace or for the whole cluster, and nothing else', async () => {
    leaveRemains()

    const {exitCode, stdout} = await verify('--cleanup')

    expect(exitCode).toBe(0)
    expect(stdout).toContain('Clean up after verify in the cluster fake: done')
    expect(cluster.object(`/api/v1/namespaces/${space}`)).toBeUndefined()
    expect(cluster.object('/api/v1/namespaces/k8s-local-verify-newer')).toBeUndefined()
    expect(cluster.object('/apis/rbac.authorization.k8s.io/v1/clusterroles/k8s-local-verify-old')).toBeUndefined()
    expect(cluster.object('/api/v1/namespaces/team')).toBeDefined()
  })

  test('says already the second time', async () => {
    leaveRemains()
    await verify('--cleanup')

    const {exitCode, stdout} = await verify('--cleanup')

    expect(exitCode).toBe(0)
    expect(stdout).toContain('already as asked')
  })

  test('shows with --dry-run what it would remove, by run, and removes nothing', async () => {
    leaveRemains()

    const {stdout} = await verify('--cleanup', '--dry-run')

    expect(stdout).toContain(
      'Delete what the run old has left: Namespace k8s-local-verify-old, ClusterRole k8s-local-verify-old',
    )
    expect(stdout).toContain(
      'Delete what the run newer of 2026-11-28T10:00:00Z has left: Namespace k8s-local-verify-newer',
    )
    expect(stdout).not.toContain('probe-1')
    expect(cluster.object(`/api/v1/namespaces/${space}`)).toBeDefined()
  })

  test('refuses flags that say what to prove', async () => {
    const {exitCode, stderr} = await verify('--cleanup', '--network', 'data', '--full')

    expect(exitCode).toBe(2)
    expect(stderr).toContain('--network')
    expect(stderr).toContain('--full')
  })

  test('leaves a run alone that goes on: it holds the lock of the cluster', async () => {
    leaveRemains()
    const unlock = await cluster.lock()

    const {exitCode, stderr} = await verify('--cleanup')
    await unlock()

    expect(exitCode).toBe(6)
    expect(stderr).toContain('Another k8s-local is working on the cluster fake')
    expect(cluster.object(`/api/v1/namespaces/${space}`)).toBeDefined()
  })
})

describe('what is kept of a run', () => {
  test.each([
    ['on a terminal, what a failed check is about', true, 'on-failure'],
    ['elsewhere, nothing', false, 'never'],
  ])('is, where nobody said anything, %s', (_case, watched, policy) => {
    expect(policyFor({watched})).toBe(policy)
  })

  test('is what was said, wherever it runs', () => {
    const said = {keep: {value: 'always', from: '--keep'}}

    expect([true, false].map((watched) => readVerify(said, {watched, json: false}).keep)).toEqual(['always', 'always'])
  })

  test('has a command that removes it from the same cluster', () => {
    const at = (value: string) => ({value, from: ''})

    expect(cleanUpCommand({}, 'lab')).toBe('k8s-local verify lab --cleanup')
    expect(cleanUpCommand({context: at('prod east'), kubeconfig: at('/k/c')}, 'prod east')).toBe(
      "k8s-local verify --context 'prod east' --kubeconfig /k/c --cleanup",
    )
  })
})
