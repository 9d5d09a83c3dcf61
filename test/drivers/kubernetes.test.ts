import {once} from 'node:events'
import type {ServerResponse} from 'node:http'
import {type AddressInfo, createServer} from 'node:net'
import {setTimeout as wait} from 'node:timers/promises'
import {afterEach, describe, expect, onTestFinished, test, vi} from 'vitest'
import {createKubernetesDriver} from '../../src/drivers/kubernetes/client.ts'
import type {Clock, KubernetesDriver} from '../../src/drivers/ports.ts'
import {createProcessDriver} from '../../src/drivers/process.ts'
import {sendJson, sendStatus} from '../support/fake-api/rest.ts'
import {type FakeApi, type Fault, type SeenRequest, startFakeApi} from '../support/fake-api/server.ts'
import {problemOf} from './problem-of.ts'

const started: FakeApi[] = []
afterEach(async () => {
  await Promise.all(started.splice(0).map((fake) => fake.stop()))
})

/** Notes the pauses and takes a hundredth of them. */
function hurriedClock(): Clock & {readonly pauses: number[]} {
  const pauses: number[] = []
  return {
    pauses,
    now: () => performance.now(),
    sleep: async (milliseconds) => {
      pauses.push(milliseconds)
      await wait(milliseconds / 100)
    },
  }
}

async function setUp(
  ...faults: readonly Fault[]
): Promise<{readonly fake: FakeApi; readonly api: KubernetesDriver; readonly pauses: number[]}> {
  const fake = await startFakeApi()
  started.push(fake)
  fake.faults.push(...faults)
  const clock = hurriedClock()
  return {
    fake,
    pauses: clock.pauses,
    api: await createKubernetesDriver(fake.kubeconfig, undefined, {processes: createProcessDriver(), clock}),
  }
}

/** The first requests that fit get this answer. */
function first(
  times: number,
  fits: (request: SeenRequest) => boolean,
  answer: (response: ServerResponse) => void,
): Fault {
  let left = times
  return (request, response) => {
    if (left === 0 || !fits(request)) return false
    left -= 1
    answer(response)
    return true
  }
}

test('an address where nothing is heard is given up long before the time of an answer is over', async () => {
  const silent = createServer().listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const fake = await startFakeApi()
  started.push(fake)
  const server = `https://127.0.0.1:${(silent.address() as AddressInfo).port}`
  const api = await createKubernetesDriver(fake.writeKubeconfig({cluster: {server}}), undefined, {
    processes: createProcessDriver(),
    clock: hurriedClock(),
  })
  vi.useFakeTimers({toFake: ['setTimeout', 'clearTimeout']})
  onTestFinished(() => void vi.useRealTimers())

  const problem = problemOf(api.get('/api/v1/nodes'))
  await once(silent, 'connection')
  await vi.advanceTimersByTimeAsync(10_000)

  expect(await problem).toMatchObject({name: 'api-unreachable', cause: 'no connection within 10 s'})
  silent.close()
})

const any = (): boolean => true
const map = {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'a', namespace: 'n'}, data: {x: '1'}}
const mapPath = '/api/v1/namespaces/n/configmaps/a'
const noSignal = new AbortController().signal

describe('requests', () => {
  test('say who we are by certificate, and apply as our field manager, conflicts forced', async () => {
    const {api, fake} = await setUp()

    await api.apply(map)

    const patch = fake.requests.at(-1)
    expect(patch).toMatchObject({
      method: 'PATCH',
      path: mapPath,
      query: {fieldManager: 'k8s-local', force: 'true'},
      client: 'kubernetes-admin',
    })
    expect(patch?.headers['content-type']).toBe('application/apply-patch+yaml')
    expect(JSON.parse(patch?.body ?? '')).toEqual(map)
  })

  test('delete in the background, with the grace that is asked for', async () => {
    const {api, fake} = await setUp()
    await api.apply(map)

    await api.delete({apiVersion: 'v1', kind: 'ConfigMap', name: 'a', namespace: 'n'}, {graceSeconds: 0})

    expect(JSON.parse(fake.requests.at(-1)?.body ?? '')).toMatchObject({
      propagationPolicy: 'Background',
      gracePeriodSeconds: 0,
    })
  })

  test('use one connection for many', async () => {
    const {api, fake} = await setUp()
    const ports = new Set<unknown>()
    fake.faults.push((_request, response) => {
      ports.add(response.socket?.remotePort)
      return false
    })

    for (let turn = 0; turn < 5; turn += 1) await api.get('/readyz')

    expect(ports.size).toBe(1)
  })

  test.each([
    [
      '429 with a time to wait',
      (response: ServerResponse) => sendStatus(response.setHeader('retry-after', '2'), 429, 'slow down'),
      2000,
    ],
    ['503', (response: ServerResponse) => sendStatus(response, 503, 'starting'), 250],
    [
      'a leader that changes in etcd',
      (response: ServerResponse) => sendStatus(response, 500, 'etcdserver: leader changed'),
      250,
    ],
    ['a connection that breaks', (response: ServerResponse) => void response.destroy(), 250],
    [
      'an admin that kubeadm has not bound yet',
      (response: ServerResponse) =>
        sendStatus(response, 403, 'configmaps is forbidden: User "kubernetes-admin" cannot list'),
      250,
    ],
  ])('are repeated after %s', async (_what, answer, pause) => {
    const {api, pauses} = await setUp(first(1, any, answer))

    expect(await api.list({apiVersion: 'v1', kind: 'ConfigMap'})).toEqual([])
    expect(pauses).toEqual([pause])
  })

  test.each([
    [400, 'api-refused'],
    [409, 'api-refused'],
    [500, 'api-refused'],
    [401, 'api-forbidden'],
    [403, 'api-forbidden'],
  ])('that are refused with %i are not, and say what the API said', async (code, name) => {
    const details = {details: {causes: [{field: 'spec.x', message: 'must not'}]}}
    const {api, fake} = await setUp(first(9, any, (response) => sendStatus(response, code, 'because of this', details)))
    const problem = await problemOf(api.list({apiVersion: 'v1', kind: 'ConfigMap'}))

    expect(problem).toMatchObject({name, cause: 'because of this\nspec.x: must not'})
    expect(fake.requests).toHaveLength(1)
  })

  test('for health are asked once: who asks will ask again', async () => {
    const {api, fake} = await setUp(first(9, any, (response) => sendStatus(response, 503, 'etcd failed')))

    expect((await problemOf(api.get('/readyz'))).name).toBe('api-refused')
    expect(fake.requests).toHaveLength(1)
  })

  test('that fail again and again give up', async () => {
    const {api, fake} = await setUp(first(99, any, (response) => void response.destroy()))

    expect((await problemOf(api.list({apiVersion: 'v1', kind: 'Pod'}))).name).toBe('api-unreachable')
    expect(fake.requests).toHaveLength(5)
  })

  test('that are not answered in time say so, also half way through the answer', async () => {
    const {api} = await setUp(
      first(1, any, () => undefined),
      first(1, any, (response) => void response.writeHead(200).write('{')),
    )

    for (let turn = 0; turn < 2; turn += 1) {
      expect(await problemOf(api.get('/api/v1/pods', {timeoutSeconds: 0.2}))).toMatchObject({
        name: 'api-unreachable',
        cause: 'no answer within 0.2 s',
      })
    }
  })

  test('end when their signal aborts', async () => {
    const abort = new AbortController()
    const {api} = await setUp(() => {
      abort.abort()
      return true
    })

    expect((await problemOf(api.get('/api/v1/pods', {signal: abort.signal}))).name).toBe('interrupted')
    expect((await problemOf(api.get('/api/v1/pods', {signal: abort.signal}))).name).toBe('interrupted')
  })
})

describe('reaching the API', () => {
  test('a port where nobody listens is named with its context', async () => {
    const {api, fake} = await setUp()
    await fake.stop()
    const problem = await problemOf(api.get('/readyz'))

    expect(problem.name).toBe('api-unreachable')
    expect(problem.message).toContain(fake.url)
    expect(problem.message).toContain('kind-fake')
    expect(problem.cause).toContain('ECONNREFUSED')
  })

  test.each([
    ['an authority that is not that of the kubeconfig', {}, 'is not trusted'],
    ['a name that the certificate does not have', {'tls-server-name': 'elsewhere'}, 'is not trusted'],
  ])('%s is told apart', async (_what, change, message) => {
    const {fake} = await setUp()
    const ca = fake.requests.length === 0 && 'tls-server-name' in change ? await authorityOf(fake) : undefined
    const file = fake.writeKubeconfig({
      cluster: {server: fake.url, ...(ca ? {'certificate-authority-data': ca} : {}), ...change},
    })
    const api = await createKubernetesDriver(file, undefined, {processes: createProcessDriver(), clock: hurriedClock()})

    const problem = await problemOf(api.get('/readyz'))
    expect(problem.name).toBe('api-unreachable')
    expect(problem.message).toContain(message)
  })

  test.each([
    ['another name of the certificate', {'tls-server-name': 'kubernetes.default'}, true],
    ['no verification', {'insecure-skip-tls-verify': true}, false],
  ])('%s can be asked for', async (_what, change, withAuthority) => {
    const {fake} = await setUp()
    const ca = withAuthority ? {'certificate-authority-data': await authorityOf(fake)} : {}
    const file = fake.writeKubeconfig({cluster: {server: fake.url, ...ca, ...change}})
    const api = await createKubernetesDriver(file, undefined, {processes: createProcessDriver(), clock: hurriedClock()})

    expect(await api.get('/readyz')).toBe('ok')
  })
})

describe('lists', () => {
  test('of many objects come page by page', async () => {
    const {api, fake} = await setUp()
    for (let at = 0; at < 1201; at += 1)
      fake.store.apply(`/api/v1/namespaces/n/configmaps/m${at}`, {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: {name: `m${at}`, namespace: 'n'},
      })

    expect(await api.list({apiVersion: 'v1', kind: 'ConfigMap', namespace: 'n'})).toHaveLength(1201)
    expect(fake.requests.map(({query}) => query['continue'])).toEqual([undefined, '500', '1000'])
  })

  test('whose next page has expired start again, all at once', async () => {
    const {api, fake} = await setUp(
      first(
        1,
        ({query}) => 'continue' in query,
        (response) => sendStatus(response, 410, 'expired', {reason: 'Expired'}),
      ),
    )
    for (let at = 0; at < 501; at += 1)
      fake.store.apply(`/api/v1/namespaces/n/configmaps/m${at}`, {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: {name: `m${at}`, namespace: 'n'},
      })

    expect(await api.list({apiVersion: 'v1', kind: 'ConfigMap'})).toHaveLength(501)
    expect(fake.requests.map(({query}) => query['limit'])).toEqual(['500', '500', undefined])
  })
})

describe('kinds that we do not know beforehand', () => {
  const pool = {
    apiVersion: 'whereabouts.cni.cncf.io/v1alpha1',
    kind: 'IPPool',
    metadata: {name: 'p', namespace: 'kube-system'},
  }

  test('are asked for once', async () => {
    const {api, fake} = await setUp()
    fake.kinds[pool.apiVersion] = {ippools: 'IPPool'}

    expect(await api.apply(pool)).toBe('created')
    expect(await api.apply(pool)).toBe('unchanged')
    expect(fake.requests.filter(({path}) => path === '/apis/whereabouts.cni.cncf.io/v1alpha1')).toHaveLength(1)
    expect(fake.store.get('/apis/whereabouts.cni.cncf.io/v1alpha1/namespaces/kube-system/ippools/p')).toBeDefined()
  })

  test('are waited for when their definition was applied a moment ago', async () => {
    const {api, fake, pauses} = await setUp()
    const applying = api.apply(pool)
    while (pauses.length === 0) await wait(1)
    fake.kinds[pool.apiVersion] = {ippools: 'IPPool'}

    expect(await applying).toBe('created')
  })

  test('are waited for when their path is not served yet', async () => {
    const page = (response: ServerResponse): void =>
      void response.writeHead(404, {'content-type': 'text/plain'}).end('404 page not found\n')
    const {api, fake} = await setUp(first(2, ({method}) => method === 'PATCH', page))
    fake.kinds['k8s.cni.cncf.io/v1'] = {'network-attachment-definitions': 'NetworkAttachmentDefinition'}

    expect(
      await api.apply({
        apiVersion: 'k8s.cni.cncf.io/v1',
        kind: 'NetworkAttachmentDefinition',
        metadata: {name: 'blue'},
      }),
    ).toBe('created')
    expect(fake.requests.at(-1)?.path).toBe(
      '/apis/k8s.cni.cncf.io/v1/namespaces/default/network-attachment-definitions/blue',
    )
  })

  test('a namespace that is missing is no such case', async () => {
    const missing = (response: ServerResponse): void =>
      sendStatus(response, 404, 'namespaces "n" not found', {details: {name: 'n', kind: 'namespaces'}})
    const {api, fake} = await setUp(first(9, ({method}) => method === 'PATCH', missing))

    expect((await problemOf(api.apply(map))).cause).toBe('namespaces "n" not found')
    expect(fake.requests.filter(({method}) => method === 'PATCH')).toHaveLength(1)
  })
})

describe('a watch', () => {
  const watched = {apiVersion: 'v1', kind: 'ConfigMap', namespace: 'n'}
  const put = (fake: FakeApi, name: string): void =>
    void fake.store.apply(`/api/v1/namespaces/n/configmaps/${name}`, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {name, namespace: 'n'},
    })

  /** Puts `a`, then runs `disturb`, then puts `b`; resolves with every list that was seen, once `b` is in it. */
  async function follow(
    fake: FakeApi,
    api: KubernetesDriver,
    disturb: () => void | Promise<void>,
  ): Promise<readonly string[]> {
    const seen: string[] = []
    put(fake, 'a')
    const watching = api.watch(
      watched,
      (objects) => {
        seen.push(objects.map(({metadata}) => metadata.name).join())
        return objects.some(({metadata}) => metadata.name === 'b')
      },
      AbortSignal.timeout(10_000),
    )
    while (!fake.requests.some(({query}) => query['watch'] === 'true')) await wait(5)
    await disturb()
    put(fake, 'b')
    await watching
    return seen
  }
  const watchesOf = (fake: FakeApi) => fake.requests.filter(({query}) => query['watch'] === 'true')
  const listsOf = (fake: FakeApi) => fake.requests.filter(({query}) => query['watch'] !== 'true')

  test('goes on where it was when its stream breaks', async () => {
    const {api, fake} = await setUp()
    const seen = await follow(fake, api, async () => {
      put(fake, 'between')
      await wait(50)
      fake.breakWatches()
    })

    expect(seen).toEqual(['a', 'a,between', 'a,between,b'])
    expect(listsOf(fake)).toHaveLength(1)
    expect(watchesOf(fake).at(-1)?.query).toMatchObject({resourceVersion: '102', allowWatchBookmarks: 'true'})
  })

  test('lists again when the API has forgotten where it was', async () => {
    const {api, fake} = await setUp()
    const seen = await follow(fake, api, async () => {
      await wait(50)
      fake.breakWatches()
      put(fake, 'missed')
      fake.store.forget()
    })

    expect(seen.at(-1)).toBe('a,b,missed')
    expect(listsOf(fake).length).toBeGreaterThan(1)
  })

  test('lists again after an error event', async () => {
    const expired = (response: ServerResponse): void =>
      void response
        .writeHead(200, {'content-type': 'application/json'})
        .end('{"type":"ERROR","object":{"code":410,"metadata":{}}}\n')
    const {api, fake} = await setUp(first(1, ({query}) => query['watch'] === 'true', expired))

    await follow(fake, api, () => undefined)

    expect(listsOf(fake)).toHaveLength(2)
  })

  test('does not take an event that was cut off for one', async () => {
    const {api, fake} = await setUp(
      first(
        1,
        ({query}) => query['watch'] === 'true',
        (response) => {
          response
            .writeHead(200, {'content-type': 'application/json'})
            .write('{"type":"ADDED","object":{"metadata":{"name":"half')
          setTimeout(() => response.destroy(), 20)
        },
      ),
    )

    expect(await follow(fake, api, () => undefined)).toEqual(['a', 'a,b'])
  })

  test('remembers the version that a bookmark tells', async () => {
    const bookmark = (response: ServerResponse): void =>
      void response
        .writeHead(200, {'content-type': 'application/json'})
        .end('{"type":"BOOKMARK","object":{"kind":"ConfigMap","metadata":{"resourceVersion":"101"}}}\n')
    const {api, fake} = await setUp(first(1, ({query}) => query['watch'] === 'true', bookmark))
    put(fake, 'before')
    fake.store.forget()

    await follow(fake, api, () => undefined)

    expect(watchesOf(fake)[1]?.query['resourceVersion']).toBe('101')
  })

  test('waits for a kind that the cluster does not know yet', async () => {
    const {api, pauses} = await setUp()
    const lists: number[] = []
    const watching = api.watch(
      {apiVersion: 'k8s.cni.cncf.io/v1', kind: 'NetworkAttachmentDefinition'},
      (objects) => lists.push(objects.length) > 2,
      noSignal,
    )
    while (pauses.length === 0) await wait(1)

    await watching
    expect(lists.slice(0, 3)).toEqual([0, 0, 0])
  })

  test('that may not be is refused at once', async () => {
    const {api} = await setUp(
      first(
        9,
        ({query}) => query['watch'] === 'true',
        (response) => sendStatus(response, 403, 'no'),
      ),
    )

    expect((await problemOf(api.watch(watched, () => false, noSignal))).name).toBe('api-forbidden')
  })

  test('of an API that went away ends with that', async () => {
    const {api, fake} = await setUp()
    const watching = problemOf(api.watch(watched, () => false, noSignal))
    while (watchesOf(fake).length === 0) await wait(5)
    await fake.stop()

    expect((await watching).name).toBe('api-unreachable')
  })

  test('passes on what its listener throws', async () => {
    const {api} = await setUp()
    const wrong = new Error('a mistake of ours')

    await expect(
      api.watch(
        watched,
        () => {
          throw wrong
        },
        noSignal,
      ),
    ).rejects.toBe(wrong)
  })
})

describe('a program in a pod', () => {
  const pod = {namespace: 'n', name: 'p', container: 'c'}

  test('gives both outputs and its exit code', async () => {
    const {api, fake} = await setUp()
    fake.onExec = ({command, container, pod: name}) => ({
      stdout: [name, container, ...command].join('|'),
      stderr: 'warning',
      exitCode: 7,
    })

    expect(await api.exec(pod, ['ping', '-c', '1', 'a b'])).toEqual({
      exitCode: 7,
      stdout: 'p|c|ping|-c|1|a b',
      stderr: 'warning',
    })
  })

  test('hands out its output as it comes, no character broken', async () => {
    const {api, fake} = await setUp()
    fake.onExec = () => ({stdout: 'ä→ö', stderr: 'oh', hang: true})
    const heard: string[] = []
    const abort = new AbortController()
    const onOutput = (text: string, stream: string) => {
      heard.push(`${stream} ${text}`)
      if (stream === 'stderr') abort.abort()
    }

    await problemOf(api.exec(pod, ['x'], {onOutput, signal: abort.signal}))

    expect(heard).toEqual(['stdout ä→', 'stdout ö', 'stderr oh'])
  })

  test('gets its input and its end', async () => {
    const {api, fake} = await setUp()
    fake.onExec = ({stdin, protocol}) => ({stdout: `${protocol} ${stdin}`})

    expect(await api.exec(pod, ['cat'], {stdin: 'hello'})).toMatchObject({
      exitCode: 0,
      stdout: 'v5.channel.k8s.io hello',
    })
  })

  test.each([
    [{refuse: {code: 404, message: 'pods "p" not found'}}, 'api-refused', 'pods "p" not found'],
    [{refuse: {code: 403, message: 'may not exec'}}, 'api-forbidden', 'may not exec'],
    [{failure: 'no such file or directory'}, 'api-refused', 'no such file'],
    [{stdout: 'half', cut: true}, 'api-unreachable', 'closed before the program had ended'],
  ])('that did not run to its end is a Problem: %j', async (answer, name, cause) => {
    const {api, fake} = await setUp()
    fake.onExec = () => answer

    expect(await problemOf(api.exec(pod, ['x']))).toMatchObject({name, cause: expect.stringContaining(cause)})
  })

  test('ends at its deadline, or when its signal aborts', async () => {
    const {api, fake} = await setUp()
    fake.onExec = () => ({hang: true})
    const abort = new AbortController()
    setTimeout(() => abort.abort(), 100)

    expect(await problemOf(api.exec(pod, ['sleep', '9'], {timeoutSeconds: 0.1}))).toMatchObject({
      name: 'wait-timeout',
      message: expect.stringContaining('sleep 9'),
    })
    expect((await problemOf(api.exec(pod, ['sleep', '9'], {signal: abort.signal}))).name).toBe('interrupted')
    expect((await problemOf(api.exec(pod, ['sleep', '9'], {signal: abort.signal}))).name).toBe('interrupted')
  })

  test('on an API that is not there is unreachable', async () => {
    const {api, fake} = await setUp()
    await fake.stop()

    expect((await problemOf(api.exec(pod, ['x']))).name).toBe('api-unreachable')
  })
})

test('an answer that is a list of another API is taken as it comes', async () => {
  const {api} = await setUp((_request, response) => {
    sendJson(response, 200, {items: null, metadata: {resourceVersion: '1'}})
    return true
  })

  expect(await api.list({apiVersion: 'v1', kind: 'Pod'})).toEqual([])
})

/** The authority that the fake's own kubeconfig names. */
async function authorityOf(fake: FakeApi): Promise<string> {
  const {readFile} = await import('node:fs/promises')
  return /certificate-authority-data: (\S+)/.exec(await readFile(fake.kubeconfig, 'utf8'))?.[1] ?? ''
}

describe('an eviction', () => {
  const path = '/api/v1/namespaces/n/pods/p'
  const pod = {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'p', namespace: 'n', uid: 'u1'}}

  test('ends the very pod that is meant, and no other of its name', async () => {
    const {api, fake} = await setUp()
    fake.store.apply(path, pod)

    expect(await api.evict({namespace: 'n', name: 'p', uid: 'u0'})).toBe('gone')
    expect(fake.store.get(path)).toBeDefined()
    expect(await api.evict({namespace: 'n', name: 'p', uid: 'u1'})).toBe('evicted')
    expect(fake.store.get(path)).toBeUndefined()
    expect(await api.evict({namespace: 'n', name: 'p', uid: 'u1'})).toBe('gone')
  })

  test('that a disruption budget does not allow is an answer; any other refusal is a problem', async () => {
    const say = (code: number, message: string) => (response: ServerResponse) => sendStatus(response, code, message)
    const budget = "Cannot evict pod as it would violate the pod's disruption budget."
    const {api} = await setUp(first(5, any, say(429, budget)), first(1, any, say(422, 'no such thing')))

    expect(await api.evict({namespace: 'n', name: 'p', uid: 'u1'})).toBe('refused')
    expect(await problemOf(api.evict({namespace: 'n', name: 'p', uid: 'u1'}))).toMatchObject({name: 'api-refused'})
  })
})

describe('a patch', () => {
  test('merges lists by name where the kind is Kubernetes’ own, and is a plain one for custom resources', async () => {
    const {api, fake} = await setUp()
    fake.kinds['example.test/v1'] = {things: 'Thing'}
    fake.store.apply('/apis/example.test/v1/namespaces/n/things/t', {
      apiVersion: 'example.test/v1',
      kind: 'Thing',
      metadata: {name: 't', namespace: 'n'},
    })
    await api.apply(map)

    await api.patch({apiVersion: 'v1', kind: 'ConfigMap', name: 'a', namespace: 'n'}, {data: {x: '2'}})
    await api.patch({apiVersion: 'example.test/v1', kind: 'Thing', name: 't', namespace: 'n'}, {spec: {x: 1}})

    const types = fake.requests.filter(({method}) => method === 'PATCH').map(({headers}) => headers['content-type'])
    expect(types.slice(-2)).toEqual(['application/strategic-merge-patch+json', 'application/merge-patch+json'])
  })
})
