import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import Verify from '../../src/commands/verify.ts'
import type {ProblemData} from '../../src/problem.ts'
import type {CheckRequest} from '../../src/steps/check-request.ts'
import type {Plan} from '../../src/steps/step.ts'
import {type FakeCluster, startFakeCluster} from './support/fake-cluster.ts'

let cluster: FakeCluster

beforeEach(async () => {
  cluster = await startFakeCluster()
})
afterEach(() => cluster.stop())

describe('a world in which nothing can be verified is one problem', () => {
  test('a context that does not exist', async () => {
    expect(await problemOf({context: 'prod'})).toMatchObject({
      code: 'KL-2009',
      cause: 'it has no context named prod; there are: kind-fake',
    })
  })

  test('an API that refuses connections', async () => {
    const kubeconfig = cluster.api.writeKubeconfig({cluster: {server: 'https://127.0.0.1:1'}})

    expect(await problemOf({kubeconfig})).toMatchObject({
      code: 'KL-4007',
      cause: expect.stringContaining('ECONNREFUSED') as string,
    })
  })

  test('a token that is not valid any more', async () => {
    cluster.api.faults.push((_, response) => {
      response.writeHead(401, {'content-type': 'application/json'}).end('{"kind":"Status","message":"Unauthorized"}')
      return true
    })
    const problem = await problemOf({kubeconfig: cluster.api.writeKubeconfig({user: {token: 'stale'}})})

    expect(problem).toMatchObject({code: 'KL-4009', message: expect.stringContaining('does not accept') as string})
  })
})

test('a cluster without Multus: its primary network is judged, and all else says why not', async () => {
  cluster.api.store.delete('/apis/apps/v1/namespaces/kube-system/daemonsets/kube-multus-ds')
  delete cluster.api.kinds['k8s.cni.cncf.io/v1']

  const requests = await requestsOf([])
  const namesOf = (wanted: (skip: string | undefined) => boolean) =>
    new Set(requests.filter(({skip}) => wanted(skip)).map(({check}) => check))

  expect(namesOf((skip) => skip === undefined)).toEqual(new Set(['nodes-healthy', 'primary-unharmed', 'nothing-left']))
  expect(namesOf((skip) => skip === 'Multus is not installed')).toEqual(
    new Set([
      'crd-served',
      'multus-ready',
      'multus-image',
      'multus-first',
      'multus-connected',
      'multus-rights',
      'cni-shares',
      'attach-ready',
      'attach-listed',
      'attachment-real',
      'address-unique',
      'interface-mtu',
      'routes-declared',
      'reach-same-node',
      'reach-across-nodes',
    ]),
  )
})

test('a cluster of one node without networks: there is nothing to reach, and that is said', async () => {
  for (const name of ['data', 'lan'])
    cluster.api.store.delete(`/apis/k8s.cni.cncf.io/v1/namespaces/default/network-attachment-definitions/${name}`)

  const requests = await requestsOf(['--node-access', 'pod'])
  const skipOf = (name: string) => requests.find(({check}) => check === name)?.skip

  expect(skipOf('network-valid')).toContain('k8s-local net add makes one')
  expect(skipOf('reach-same-node')).toBe('no probe pod can ask for a network')
  expect(skipOf('plugins-present')).toBeUndefined()
})

async function problemOf(world: {readonly context?: string; readonly kubeconfig?: string}): Promise<ProblemData> {
  const {stdout, exitCode} = await cluster.run(Verify, ['--json'], {id: 'verify', ...world})
  expect([3, 5]).toContain(exitCode)
  return (JSON.parse(stdout) as {readonly error: ProblemData}).error
}

async function requestsOf(argv: readonly string[]): Promise<readonly CheckRequest[]> {
  const wish = ['--quick', '--probe-image', 'probe:v1', ...argv, '--dry-run', '--json']
  const {stdout} = await cluster.run(Verify, wish, {id: 'verify'})
  return (JSON.parse(stdout) as Plan).steps.flatMap(({action}) => (action.type === 'check' ? [action.request] : []))
}
