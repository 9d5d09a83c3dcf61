import {describe, expect, test} from 'vitest'
import type {Diagnosis} from '../../src/diagnosis/diagnosis.ts'
import {Problem} from '../../src/problem.ts'
import {collectDiagnosis} from '../../src/run/diagnosis/collect.ts'
import type {Json} from '../../src/steps/object.ts'
import {attached, givenPod} from '../diagnosis/given-view.ts'
import {
  container,
  type Answer,
  engineNetwork,
  fakeContext,
  fakeExec,
  fakeFiles,
  type FakeParts,
  finished,
} from './fakes.ts'

const folder = '/out/diagnosis-demo-ab12cd'
const token = 'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJrdWJlIn0.c2lnbmF0dXJl'
const away = new Problem('api-unreachable', {message: 'The API does not answer', cause: 'ECONNREFUSED'})
const forbidden = (path: string) => new Problem('api-forbidden', {message: `alice may not get ${path}`})

describe('a diagnosis', () => {
  test('is files with what was seen, without secrets, and an index that counts them', async () => {
    const {diagnosis, written} = await collect({exec: () => `users:\n- user:\n    token: ${token}\n`})

    expect(written('nodes/demo-worker/etc-cni-files.txt')).toBe('users:\n- user:\n    token: [hidden]\n')
    expect(JSON.parse(written('cluster/pods.json') ?? '')).toMatchObject({items: [{metadata: {name: 'web'}}]})
    expect(written('pods/default/web/routes.txt')).toBe('default via 10.0.0.1\n')
    expect(written('engine/containers.json')).toContain('demo-worker')
    expect(JSON.parse(written('index.json') ?? '')).toEqual(diagnosis)
    expect(written('README.md')).toContain('# Diagnosis of demo')
    for (const {file, bytes} of diagnosis.files) expect(Buffer.byteLength(written(file) ?? '')).toBe(bytes)
  })

  test('explains the pods that networks refuse', async () => {
    const {diagnosis} = await collect({
      get: (path) =>
        path.startsWith('/api/v1/events')
          ? {
              items: [
                {type: 'Warning', message: 'Link not found', involvedObject: {kind: 'Pod', namespace: 'a', name: 'p'}},
              ],
            }
          : usual(path),
    })

    expect(diagnosis.refusals).toMatchObject([{pods: ['a/p'], code: 'KL-6042'}])
  })

  test('has the report of the run that wants it', async () => {
    const {written} = await collect({report: {status: 'checks-failed', checks: [{summary: `token: ${token}`}]}})

    expect(JSON.parse(written('report.json') ?? '')).toEqual({
      status: 'checks-failed',
      checks: [{summary: 'token: [hidden]'}],
    })
  })

  test('of a cluster whose API is away is what the engine and the nodes tell', async () => {
    const {diagnosis, written} = await collect({
      get: () => {
        throw away
      },
    })

    expect(written('nodes/demo-worker/agent-logs.txt')).toBeDefined()
    expect(written('engine/containers.json')).toBeDefined()
    expect(diagnosis.missing.map(({file, reason}) => `${file.split('/')[0]} ${reason}`)).toEqual(
      Array.from({length: 13}, () => 'cluster The API does not answer: ECONNREFUSED'),
    )
  })

  test('without rights notes each refusal, and goes on', async () => {
    const {diagnosis, written} = await collect({
      get: (path) => {
        if (path !== '/version') throw forbidden(path)
        return usual(path)
      },
    })

    expect(written('cluster/version.json')).toBeDefined()
    expect(written('nodes/demo-worker/routes.txt')).toBeDefined()
    expect(diagnosis.missing).toContainEqual({
      file: 'cluster/events.json',
      title: 'events',
      reason: 'alice may not get /api/v1/events?limit=2000',
    })
    expect(diagnosis.absent.map(({file}) => file)).toEqual(['engine/record.json'])
  })

  test('of a foreign cluster looks at no node, and says so for each', async () => {
    const {diagnosis, asked} = await collect({containers: []})

    expect(asked.filter((line) => !line.startsWith('pod '))).toEqual([])
    expect(new Set(diagnosis.missing.map(({reason}) => reason))).toEqual(
      new Set(['the node is no container of this engine: nobody can look at it from here']),
    )
    expect(diagnosis.absent.map(({file}) => file)).toContain('engine/containers.json')
  })

  test('says of a stopped node that it is', async () => {
    const {diagnosis} = await collect({containers: [container('demo-worker', {state: 'exited'})]})

    expect(diagnosis.missing[0]?.reason).toBe('the container of the node is exited')
  })

  test('of a node that hangs has all the rest, within its minute', async () => {
    const {diagnosis, seconds} = await collect({exec: () => new Promise<never>(() => undefined)})

    expect(seconds).toBeLessThan(90)
    expect(diagnosis.files.map(({file}) => file)).toContain('cluster/events.json')
    expect(new Set(diagnosis.missing.map(({reason}) => reason))).toEqual(new Set(['no answer within 15 s']))
  })
})

describe('there is no diagnosis', () => {
  test('where nothing tells anything', async () => {
    const get = () => {
      throw away
    }

    await expect(collect({get, containers: []})).rejects.toThrow(
      expect.objectContaining({data: expect.objectContaining({name: 'api-unreachable'}) as unknown}),
    )
  })

  test('over another', async () => {
    await expect(collect({found: ['README.md']})).rejects.toThrow('is there already')
  })

  test('half written, where the disk is full', async () => {
    const files = fakeFiles({})
    const removed: string[] = []
    const write = async (file: string, text: string) => {
      if (file.endsWith('README.md')) throw new Problem('disk-full', {message: 'No space left'})
      files.written.set(file, text)
    }
    const remove = async (file: string) => void removed.push(file)

    await expect(collect({files: Object.assign(files, {write, remove})})).rejects.toThrow('No space left')
    expect(removed).toEqual([folder])
  })

  test('half written, after an interrupt', async () => {
    const controller = new AbortController()
    const files = fakeFiles({})
    const exec = () => {
      controller.abort()
      throw new Problem('interrupted', {message: 'Interrupted'})
    }

    await expect(collect({exec, files, signal: controller.signal})).rejects.toThrow('Interrupted')
    expect([...files.written.keys()]).toEqual([])
  })
})

interface Given {
  readonly get?: (path: string) => Json | undefined
  readonly exec?: (...asked: Parameters<Answer>) => ReturnType<Answer> | Promise<never>
  readonly containers?: readonly ReturnType<typeof container>[]
  readonly report?: object
  readonly found?: readonly string[]
  readonly files?: ReturnType<typeof fakeFiles>
  readonly signal?: AbortSignal
}

async function collect(given: Given): Promise<{
  readonly diagnosis: Diagnosis
  readonly asked: readonly string[]
  readonly seconds: number
  written(file: string): string | undefined
}> {
  const {get = usual, exec = () => 'seen\n', containers = [container('demo-worker')], found} = given
  const files = given.files ?? fakeFiles({'/package/package.json': '{"version": "0.1.0"}'})
  const asked: string[] = []
  const parts: FakeParts = {
    files: Object.assign(files, {find: async () => found}),
    engine: {
      exec: async (node, argv, options = {}) => {
        asked.push(`${node} ${argv.join(' ')}`)
        const answer = await exec(node, argv, options)
        return await fakeExec(() => answer).exec(node, argv, options)
      },
      containers: async () => containers,
      networks: async () => [engineNetwork('kind')],
      info: async () => ({
        version: '28',
        platform: 'linux/amd64',
        cgroupVersion: '2',
        memory: 1,
        cpus: 2,
        dataRoot: '/',
      }),
    },
    kubernetes: {
      get: async (path) => get(path),
      exec: async ({name}, argv) => {
        asked.push(`pod ${name} ${argv.join(' ')}`)
        return finished('default via 10.0.0.1\n')
      },
    },
  }
  const context = fakeContext(parts, given.signal ? {signal: given.signal} : {})
  const diagnosis = await collectDiagnosis(
    {cluster: 'demo', folder, ...(given.report && {report: given.report})},
    context,
  )
  return {
    diagnosis,
    asked,
    seconds: context.drivers.clock.now() / 1000,
    written: (file) => files.written.get(`${folder}/${file}`),
  }
}

function usual(path: string): Json | undefined {
  if (path === '/version') return {gitVersion: 'v1.34.4'}
  if (path === '/api/v1/nodes') return {items: [{metadata: {name: 'demo-worker'}}]}
  if (path === '/api/v1/pods') return {items: [givenPod('web', {annotations: attached}), givenPod('plain')]}
  return path.includes('/apis/whereabouts') ? undefined : {items: []}
}
