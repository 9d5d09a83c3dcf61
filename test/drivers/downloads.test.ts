import {execFileSync} from 'node:child_process'
import {createHash} from 'node:crypto'
import {existsSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync} from 'node:fs'
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'
import {join} from 'node:path'
import {afterEach, describe, expect, test} from 'vitest'
import {createDownloadDriver} from '../../src/drivers/downloads.ts'
import type {Clock} from '../../src/drivers/ports.ts'
import {createProcessDriver} from '../../src/drivers/process.ts'
import type {Artifact} from '../../src/steps/artifact.ts'
import {problemOf} from './problem-of.ts'
import {scratchFolder} from './scratch.ts'

const scratch = scratchFolder()
const running: (() => void)[] = []
let count = 0
afterEach(() => {
  for (const stop of running.splice(0)) stop()
})

/** A clock whose pauses take no time. */
const hurriedClock: Clock = {now: () => performance.now(), sleep: () => Promise.resolve()}

function setUp(environment: NodeJS.ProcessEnv = {}) {
  const cache = join(scratch, String((count += 1)))
  const processes = createProcessDriver({PATH: process.env['PATH'], ...environment})
  const downloads = createDownloadDriver({cache, processes, clock: hurriedClock, environment})
  const names = (): readonly string[] =>
    existsSync(join(cache, 'artifacts')) ? readdirSync(join(cache, 'artifacts')) : []
  return {cache, downloads, names}
}

type Answer = (response: ServerResponse, request: IncomingMessage) => void

/** Serves one answer after the other; the last one for ever. */
async function serve(...answers: readonly Answer[]): Promise<{readonly url: string; readonly asked: () => number}> {
  let asked = 0
  const server = createServer((request, response) => {
    answers[Math.min(asked, answers.length - 1)]?.(response, request)
    asked += 1
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  running.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return {url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/dir/kind-linux-amd64`, asked: () => asked}
}

const body = 'the bytes of a program'
const good: Answer = (response) => response.writeHead(200, {'content-length': body.length}).end(body)
const status =
  (code: number): Answer =>
  (response) =>
    response.writeHead(code).end('no')
const cutOff: Answer = (response) => {
  response.writeHead(200, {'content-length': body.length}).write(body.slice(0, 5))
  setTimeout(() => response.destroy(), 20)
}
const options = {signal: new AbortController().signal}

function sha256(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function online(source: string, more: Partial<Artifact> = {}): Artifact {
  return {
    name: 'kind',
    type: 'program',
    version: 'v0.33.0',
    platform: 'linux/amd64',
    sha256: sha256(body),
    origin: {kind: 'online', source},
    ...more,
  }
}

describe('a download', () => {
  test('ends in the cache under its hash, executable, and is not repeated', async () => {
    const {downloads, names} = setUp()
    const {url, asked} = await serve(good)
    const seen: (readonly [number, number | undefined])[] = []

    const first = await downloads.fetch(online(url), {...options, onBytes: (done, total) => seen.push([done, total])})
    const second = await downloads.fetch(online(url), options)

    expect(readFileSync(first.file, 'utf8')).toBe(body)
    expect(statSync(first.file).mode & 0o111).toBe(0o111)
    expect(seen.at(-1)).toEqual([body.length, body.length])
    expect([first.already, second.already]).toEqual([false, true])
    expect(second.file).toBe(first.file)
    expect(names()).toEqual([`${sha256(body)}-kind-linux-amd64`])
    expect(asked()).toBe(1)
  })

  test('with another hash is corrupt: expected and seen are told, nothing is kept', async () => {
    const {downloads, names} = setUp()
    const {url} = await serve(good)
    const problem = await problemOf(downloads.fetch(online(url, {sha256: sha256('other')}), options))

    expect(problem.name).toBe('artifact-corrupt')
    expect(problem.cause).toContain(`expected ${sha256('other')}`)
    expect(problem.cause).toContain(`seen     ${sha256(body)}`)
    expect(names()).toEqual([])
  })

  test.each([
    ['a busy server', status(503)],
    ['too many requests', status(429)],
    ['a connection that breaks', (response: ServerResponse) => void response.destroy()],
    ['a body that is cut off', cutOff],
  ])('is repeated from the start after %s', async (_what, failing) => {
    const {downloads} = setUp()
    const {url, asked} = await serve(failing, failing, good)

    expect(readFileSync((await downloads.fetch(online(url), options)).file, 'utf8')).toBe(body)
    expect(asked()).toBe(3)
  })

  test('gives up after three repetitions, with the reason and a way out', async () => {
    const {downloads, names} = setUp()
    const {url, asked} = await serve(status(500))
    const problem = await problemOf(downloads.fetch(online(url), options))

    expect(problem).toMatchObject({name: 'download-failed', cause: expect.stringContaining('500')})
    expect(problem.suggestions.join()).toContain('--bundle')
    expect(asked()).toBe(4)
    expect(names()).toEqual([])
  })

  test('is not repeated for what is not there', async () => {
    const {downloads} = setUp()
    const {url, asked} = await serve(status(404))

    expect((await problemOf(downloads.fetch(online(url), options))).cause).toContain('404')
    expect(asked()).toBe(1)
  })

  test('without a server says so', async () => {
    const {downloads} = setUp()
    const {url} = await serve(good)
    for (const stop of running.splice(0)) stop()

    expect((await problemOf(downloads.fetch(online(url), options))).cause).toMatch(/ECONNREFUSED/)
  })

  test('that is interrupted leaves nothing', async () => {
    const {downloads, names} = setUp()
    const abort = new AbortController()
    const {url} = await serve((response) => {
      response.writeHead(200, {'content-length': 100}).write('x')
    })
    const fetching = problemOf(downloads.fetch(online(url), {signal: abort.signal, onBytes: () => abort.abort()}))

    expect((await fetching).name).toBe('interrupted')
    expect(names()).toEqual([])
  })

  test('into a cache that cannot be written names the file', async () => {
    const {cache, downloads} = setUp()
    const {url} = await serve(good)
    mkdirSync(cache, {recursive: true})
    writeFileSync(join(cache, 'artifacts'), '')

    expect((await problemOf(downloads.fetch(online(url), options))).name).toBe('file-unwritable')
  })

  test('clears away parts of an earlier run that was killed, but not those of a run beside it', async () => {
    const {cache, downloads, names} = setUp()
    const {url} = await serve(good)
    mkdirSync(join(cache, 'artifacts'), {recursive: true})
    for (const name of ['.old.k8s-local-part', '.new.k8s-local-part']) writeFileSync(join(cache, 'artifacts', name), '')
    utimesSync(join(cache, 'artifacts', '.old.k8s-local-part'), 1, 1)

    await downloads.fetch(online(url), options)

    expect(names()).toHaveLength(2)
    expect(names()).toContain('.new.k8s-local-part')
  })

  test('without a known hash is cached by its address', async () => {
    const {downloads} = setUp()
    const {url, asked} = await serve(good)
    const {sha256: _hash, ...unverified} = online(url)

    await downloads.fetch(unverified, options)
    expect((await downloads.fetch(unverified, options)).already).toBe(true)
    expect(asked()).toBe(1)
  })
})

describe('a program inside an archive', () => {
  function packed(): Buffer {
    const folder = join(scratch, 'linux-amd64')
    mkdirSync(folder, {recursive: true})
    writeFileSync(join(folder, 'helm'), body, {mode: 0o644})
    writeFileSync(join(folder, 'LICENSE'), 'x')
    execFileSync('tar', ['-czf', join(scratch, 'helm.tgz'), '-C', scratch, 'linux-amd64'])
    return readFileSync(join(scratch, 'helm.tgz'))
  }

  async function fetchMember(member: string) {
    const {downloads, names} = setUp()
    const archive = packed()
    const {url} = await serve((response) => response.end(archive))
    const artifact = online(url, {sha256: sha256(archive), origin: {kind: 'online', source: url, member}})
    return {fetching: downloads.fetch(artifact, options), names, key: sha256(archive)}
  }

  test('is taken out, made executable, and the archive is not kept', async () => {
    const {fetching, names, key} = await fetchMember('linux-amd64/helm')
    const {file} = await fetching

    expect(readFileSync(file, 'utf8')).toBe(body)
    expect(statSync(file).mode & 0o111).toBe(0o111)
    expect(names()).toEqual([`${key}-helm`])
  })

  test('that is not in it makes the archive corrupt, and nothing is kept', async () => {
    const {fetching, names} = await fetchMember('linux-amd64/other')

    expect((await problemOf(fetching)).name).toBe('artifact-corrupt')
    expect(names()).toEqual([])
  })
})

describe('behind a proxy', () => {
  test('curl does the work, through the proxy', async () => {
    const proxy = await serve((response, request) =>
      response.end(request.url === 'http://outside.invalid/kind' ? body : 'wrong'),
    )
    const {downloads} = setUp({http_proxy: new URL(proxy.url).origin})

    const {file} = await downloads.fetch(online('http://outside.invalid/kind'), options)

    expect(readFileSync(file, 'utf8')).toBe(body)
  })

  test.each([
    [404, 1],
    [502, 4],
  ])('status %i is tried %i times', async (code, times) => {
    const proxy = await serve(status(code))
    const {downloads} = setUp({http_proxy: new URL(proxy.url).origin})

    expect((await problemOf(downloads.fetch(online('http://outside.invalid/kind'), options))).cause).toContain(
      String(code),
    )
    expect(proxy.asked()).toBe(times)
  })

  test('without curl says what is missing', async () => {
    const {downloads} = setUp({http_proxy: 'http://127.0.0.1:1', PATH: '/nowhere'})

    expect((await problemOf(downloads.fetch(online('http://outside.invalid/kind'), options))).cause).toContain('curl')
  })
})

describe('a file of a bundle', () => {
  function bundled(
    more: Partial<Artifact> = {},
  ): Artifact & {readonly origin: {readonly kind: 'bundle'; readonly file: string}} {
    const file = join(scratch, `bundled-${(count += 1)}`)
    writeFileSync(file, body, {mode: 0o755})
    return {...online(''), size: body.length, ...more, origin: {kind: 'bundle', file}}
  }

  test('is used where it lies, and hashed only once', async () => {
    const {downloads} = setUp()
    const artifact = bundled()

    expect(await downloads.fetch(artifact, options)).toEqual({file: artifact.origin.file, already: false})
    expect(await downloads.fetch(artifact, options)).toEqual({file: artifact.origin.file, already: true})
  })

  test('is hashed again when it was written since', async () => {
    const {downloads} = setUp()
    const artifact = bundled()
    await downloads.fetch(artifact, options)

    writeFileSync(artifact.origin.file, body.replace('t', 'T'), {mode: 0o755})

    expect((await problemOf(downloads.fetch(artifact, options))).name).toBe('artifact-corrupt')
  })

  test.each([
    ['another hash', {sha256: sha256('other')}, 'artifact-corrupt'],
    ['another size, without reading it', {size: 5}, 'artifact-corrupt'],
  ])('with %s is corrupt', async (_what, more, name) => {
    const {downloads} = setUp()

    expect((await problemOf(downloads.fetch(bundled(more), options))).name).toBe(name)
  })

  test('that is missing makes the bundle incomplete', async () => {
    const {downloads} = setUp()
    const problem = await problemOf(
      downloads.fetch({...online(''), origin: {kind: 'bundle', file: '/no/such/file'}}, options),
    )

    expect(problem.name).toBe('bundle-incomplete')
  })

  test('that is a program without its permission bit is copied into the cache', async () => {
    const {cache, downloads} = setUp()
    const artifact = bundled()
    execFileSync('chmod', ['644', artifact.origin.file])

    const {file} = await downloads.fetch(artifact, options)

    expect(file.startsWith(cache)).toBe(true)
    expect(statSync(file).mode & 0o111).toBe(0o111)
    expect(await downloads.fetch(artifact, options)).toEqual({file, already: true})
  })
})

test('a program on PATH is taken as it is, and an image of a registry has no file', async () => {
  const {downloads} = setUp()

  expect(await downloads.fetch({...online(''), origin: {kind: 'path', file: '/usr/bin/kind'}}, options)).toEqual({
    file: '/usr/bin/kind',
    already: true,
  })
  await expect(downloads.fetch({...online('r/i:1'), type: 'image'}, options)).rejects.toThrow('has no file')
})
