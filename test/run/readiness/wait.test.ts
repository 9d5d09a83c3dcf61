import {describe, expect, test} from 'vitest'
import {Problem} from '../../../src/problem.ts'
import {wait} from '../../../src/run/executors/wait.ts'
import type {KubernetesObject} from '../../../src/steps/object.ts'
import type {Readiness} from '../../../src/steps/readiness.ts'
import {container, fakeContext, fakeExec, type FakeParts} from '../fakes.ts'
import {fakeWatch} from './fake-watch.ts'

const nodes = ['demo-control-plane', 'demo-worker']

describe('waiting for things on nodes', () => {
  test('is already done when the first look is good', async () => {
    const {exec, asked} = fakeExec(() => '')

    const result = await run(
      {type: 'file-on-nodes', path: '/etc/cni/net.d/05-cilium.conflist', nodes},
      {engine: {exec}},
    )

    expect(result.already).toBe(true)
    expect(asked).toEqual(nodes.map((name) => `${name}: test -s /etc/cni/net.d/05-cilium.conflist`))
  })

  test('looks no more at a node that was good', async () => {
    let looks = 0
    const {exec, asked} = fakeExec((name) => (name === 'demo-worker' && (looks += 1) < 3 ? {exitCode: 1} : ''))

    const result = await run({type: 'file-on-nodes', path: '/x/a.conf', nodes}, {engine: {exec}})

    expect(result.already).toBe(false)
    expect(asked.filter((line) => line.startsWith('demo-control-plane'))).toHaveLength(1)
    expect(asked.filter((line) => line.startsWith('demo-worker'))).toHaveLength(3)
    expect(result.told).toEqual(['demo-worker: a.conf missing', 'all 2 nodes'])
  })

  test('takes a node that cannot be looked at for one that is not ready yet', async () => {
    let looks = 0
    const exec = async () => {
      looks += 1
      if (looks === 1)
        throw new Problem('engine-failed', {message: 'docker exec failed', cause: 'No such container: demo-worker'})
      return {exitCode: 0, stdout: '', stderr: ''}
    }

    const result = await run({type: 'containerd-answers', nodes: ['demo-worker']}, {engine: {exec}})

    expect(result.told[0]).toBe('demo-worker: No such container: demo-worker')
  })

  test.each([
    [
      {type: 'file-on-nodes', path: '/etc/cni/net.d/05-cilium.conflist', nodes},
      'Last seen: demo-control-plane: 05-cilium.conflist missing; demo-worker: 05-cilium.conflist missing',
    ],
    [
      {type: 'nodes-configured', nodes},
      'Last seen: demo-control-plane: kind has not written /kind/kubeadm.conf yet; demo-worker: kind has not written /kind/kubeadm.conf yet',
    ],
    [
      {type: 'containerd-answers', nodes},
      'Last seen: demo-control-plane: containerd does not answer; demo-worker: containerd does not answer',
    ],
  ] as const)('says what was missing at the deadline: $type', async (readiness, cause) => {
    const {exec} = fakeExec(() => ({exitCode: 1}))

    await expect(run(readiness, {engine: {exec}})).rejects.toMatchObject({data: {name: 'wait-timeout', cause}})
  })

  test('says which containers do not run', async () => {
    const containers = async () => [container('demo-control-plane', {state: 'exited'})]

    await expect(run({type: 'nodes-running', nodes}, {engine: {containers}})).rejects.toMatchObject({
      data: {
        message: 'Waited 10 s for the containers of demo-control-plane, demo-worker to run',
        cause: 'Last seen: demo-control-plane: exited; demo-worker: no container yet',
        suggestions: ['docker ps -a --filter label=io.x-k8s.kind.cluster=demo'],
      },
    })
  })
})

describe('waiting in general', () => {
  test('goes on after the deadline where it may, and says so', async () => {
    const {exec} = fakeExec(() => ({exitCode: 1}))
    const context = fakeContext({engine: {exec}})

    const result = await wait(
      {type: 'wait', for: {type: 'file-on-nodes', path: '/x', nodes: ['n']}, timeoutSeconds: 2, onTimeout: 'continue'},
      context,
    )

    expect(result).toEqual({already: false})
    expect(context.told.at(-1)).toBe('not seen within 2 s, going on: n: x missing')
  })

  test('never outlives the plan', async () => {
    const {exec} = fakeExec(() => ({exitCode: 1}))
    const context = fakeContext({engine: {exec}}, {seconds: 3})

    const failure = wait(
      {type: 'wait', for: {type: 'file-on-nodes', path: '/x', nodes: ['n']}, timeoutSeconds: 200, onTimeout: 'fail'},
      context,
    )

    await expect(failure).rejects.toMatchObject({data: {message: 'Waited 3 s for /x on n'}})
  })

  test('is interrupted, not late, when the run ends', async () => {
    const abort = new AbortController()
    const {exec} = fakeExec(() => ({exitCode: 1}))
    const context = fakeContext({engine: {exec}}, {signal: abort.signal})
    void context.drivers.clock.sleep(1000).then(() => abort.abort())

    const failure = wait(
      {type: 'wait', for: {type: 'file-on-nodes', path: '/x', nodes: ['n']}, timeoutSeconds: 200, onTimeout: 'fail'},
      context,
    )

    await expect(failure).rejects.toMatchObject({data: {name: 'interrupted'}})
  })
})

describe('waiting for the API', () => {
  const api = {type: 'api-ready', cluster: 'demo', node: 'demo-control-plane'} as const
  const {exec} = fakeExec(() => ({exitCode: 0}))
  const ready = {engine: {exec}, host: {which: async () => '/bin/kind'}, kubernetes: {get: async () => 'ok'}}

  test('asks kind for the kubeconfig until it has one, then the API', async () => {
    let looks = 0
    const kubeconfig = async () => (looks += 1) > 2

    const result = await run(api, {...ready, kind: {kubeconfig}})

    expect(result.told).toEqual([
      'demo-control-plane has it',
      'the control plane has no kubeconfig yet',
      'the API is ready',
    ])
  })

  test('asks kind nothing before kubeadm has written what it would answer with', async () => {
    const {exec: never} = fakeExec(() => ({exitCode: 1}))
    const kubeconfig = () => Promise.reject(new Error('asked too early'))

    await expect(run(api, {...ready, engine: {exec: never}, kind: {kubeconfig}})).rejects.toMatchObject({
      data: {cause: 'Last seen: demo-control-plane: kubeadm has not written admin.conf yet'},
    })
  })

  test('is not content with an API in which it is nobody yet', async () => {
    let asked = 0
    const get = async (path: string) => {
      if (path === '/readyz') return 'ok'
      if ((asked += 1) < 3) throw new Problem('api-forbidden', {message: 'kubernetes-admin may not list secrets'})
      return {items: []}
    }

    const result = await run(api, {...ready, kind: {kubeconfig: async () => true}, kubernetes: {get}})

    expect(result.told).toEqual([
      'demo-control-plane has it',
      'kubernetes-admin may not list secrets',
      'the API is ready',
    ])
  })

  test('says what the API answered last', async () => {
    const get = () =>
      Promise.reject(new Problem('api-refused', {message: 'The API is not ready', cause: '[-]etcd failed'}))

    const failure = run(api, {...ready, kind: {kubeconfig: async () => true}, kubernetes: {get}})

    await expect(failure).rejects.toMatchObject({data: {cause: 'Last seen: The API is not ready: [-]etcd failed'}})
  })
})

describe('waiting for API objects', () => {
  test('sees nodes as they register, and names those that have not', async () => {
    const {watch} = fakeWatch([[node('demo-control-plane')], [node('demo-control-plane'), node('demo-worker')]])

    const result = await run({type: 'nodes-registered', nodes}, {kubernetes: {watch}})

    expect(result.told).toEqual(['not registered: demo-worker', 'all 2 nodes registered'])
    expect(result.already).toBe(false)
  })

  test('gives the kubelet’s own reason for a node that is not Ready', async () => {
    const {watch} = fakeWatch([
      [node('demo-control-plane', 'True'), node('demo-worker', 'False', 'container runtime network not ready')],
    ])

    await expect(run({type: 'nodes-ready', nodes}, {kubernetes: {watch}})).rejects.toMatchObject({
      data: {cause: 'Last seen: demo-worker: container runtime network not ready'},
    })
  })

  test('outlives an API that is away for a moment', async () => {
    const {watch} = fakeWatch([[node('demo-control-plane'), node('demo-worker')]])
    let calls = 0
    const flaky: typeof watch = async (...words) => {
      calls += 1
      if (calls === 1) throw new Problem('api-unreachable', {message: 'connection refused'})
      await watch(...words)
    }

    const result = await run({type: 'nodes-registered', nodes}, {kubernetes: {watch: flaky}})

    expect(result.told[0]).toBe('connection refused')
  })

  test('is refused a while by an API that has just started, but not where it may list and not watch', async () => {
    const {watch} = fakeWatch([[node('demo-control-plane'), node('demo-worker')]])
    const refused = new Problem('api-forbidden', {message: 'somebody may not watch nodes'})
    let calls = 0
    const starting: typeof watch = async (...words) => {
      calls += 1
      if (calls === 1) throw refused
      await watch(...words)
    }
    const forbidden: typeof watch = async (_kind, onChange) => {
      onChange([node('demo-control-plane')])
      throw refused
    }

    const registered: Readiness = {type: 'nodes-registered', nodes}
    expect((await run(registered, {kubernetes: {watch: starting}})).told[0]).toBe('somebody may not watch nodes')
    await expect(run(registered, {kubernetes: {watch: forbidden}})).rejects.toBe(refused)
  })

  test('waits for a type until the API serves it', async () => {
    const crd = (status: string) =>
      object('CustomResourceDefinition', 'nads', {conditions: [{type: 'Established', status, message: 'not yet'}]})
    const {watch} = fakeWatch([[], [crd('False')], [crd('True')]])

    const result = await run({type: 'crd-established', name: 'nads'}, {kubernetes: {watch}})

    expect(result.told.slice(0, 2)).toEqual(['nads does not exist', 'nads: not yet'])
  })

  test('counts the pods of a Job that have ended, well or not', async () => {
    const {watch} = fakeWatch([
      [],
      [object('Job', 'churn', {succeeded: 1})],
      [object('Job', 'churn', {succeeded: 2, failed: 1})],
    ])

    const job = {type: 'job-pods-ended', namespace: 'default', name: 'churn', count: 3} as const
    const result = await run(job, {kubernetes: {watch}})

    expect(result.told).toEqual(['churn does not exist', '1 of 3 pods have ended', '3 of 3 pods have ended'])
  })

  test('waits until pods are gone', async () => {
    const {watch} = fakeWatch([[object('Pod', 'a'), object('Pod', 'other')], [object('Pod', 'other')]])

    const result = await run({type: 'pods-gone', namespace: 'default', names: ['a']}, {kubernetes: {watch}})

    expect(result.told).toEqual(['still there: a', 'gone'])
  })

  test('waits until a container that was added to a pod runs', async () => {
    const {watch} = fakeWatch([
      [object('Pod', 'a')],
      [addedTo('a', {waiting: {reason: 'ErrImagePull', message: 'no such host'}})],
      [addedTo('a', {running: {}})],
    ])

    const result = await run(added, {kubernetes: {watch}})

    expect(result.told).toEqual(['debug: not started', 'debug: ErrImagePull, no such host', 'debug runs'])
  })

  test.each([
    [[addedTo('a', {terminated: {reason: 'Error'}})], 'It has ended: Error'],
    [[], 'The pod has gone'],
  ])('gives up on a container that will never run: %#', async (pods, cause) => {
    const {watch} = fakeWatch([pods])

    await expect(run(added, {kubernetes: {watch}})).rejects.toMatchObject({data: {name: 'pod-failed', cause}})
  })

  test('a StatefulSet is rolled out when all its pods are new and available', async () => {
    const sets = [
      {updatedReplicas: 1, availableReplicas: 2},
      {updatedReplicas: 2, availableReplicas: 1},
      {updatedReplicas: 2, availableReplicas: 2},
    ].map((status) => [{...object('StatefulSet', 'db', status), spec: {replicas: 2}}])
    const {watch} = fakeWatch(sets)

    const result = await run(
      {type: 'rollout', kind: 'StatefulSet', namespace: 'default', name: 'db'},
      {kubernetes: {watch}},
    )

    expect(result.told).toEqual(['db 2 of 2 available, 1 updated', 'db 1 of 2 available', 'db 2 of 2 available'])
  })
})

const added: Readiness = {type: 'container-running', namespace: 'default', pod: 'a', container: 'debug'}

function addedTo(name: string, state: object): KubernetesObject {
  return object('Pod', name, {ephemeralContainerStatuses: [{name: 'debug', state}]})
}

async function run(readiness: Readiness, parts: FakeParts) {
  const context = fakeContext(parts)
  const {already} = await wait({type: 'wait', for: readiness, timeoutSeconds: 10, onTimeout: 'fail'}, context)
  return {already, told: context.told}
}

function node(name: string, ready = 'True', message = ''): KubernetesObject {
  return object('Node', name, {conditions: [{type: 'Ready', status: ready, message}]})
}

function object(kind: string, name: string, status: unknown = {}): KubernetesObject {
  return {apiVersion: 'v1', kind, metadata: {name}, status}
}
