import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterEach, describe, expect, test} from 'vitest'
import {createEngineDriver} from '../../src/drivers/engine.ts'
import {createProcessDriver} from '../../src/drivers/process.ts'
import {
  type FakeEngineState,
  type FakeRule,
  fakeContainer,
  type FakePrograms,
  fakePrograms,
} from '../support/fake-programs.ts'
import {problemOf} from './problem-of.ts'

const made: FakePrograms[] = []
afterEach(() => {
  for (const fakes of made.splice(0)) fakes.remove()
})

function setUp(rules: readonly FakeRule[] = [], state: FakeEngineState = {}) {
  const fakes = fakePrograms(rules, state)
  made.push(fakes)
  return {fakes, engine: createEngineDriver(createProcessDriver(fakes.environment))}
}

async function textOf(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = []
  for await (const part of stream) parts.push(part)
  return Buffer.concat(parts).toString()
}

describe('the engine as a whole', () => {
  test('is described in our words', async () => {
    const {engine, fakes} = setUp([], {info: {Architecture: 'aarch64', CgroupVersion: '2'}})

    expect(await engine.info()).toEqual({
      version: '20.10.24',
      platform: 'linux/arm64',
      cgroupVersion: '2',
      memory: 8e9,
      cpus: 2,
      dataRoot: '/var/lib/docker',
    })
    expect(fakes.lines()).toEqual(['docker info --format {{json .}}'])
  })

  test.each([
    [
      'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
      'does not answer',
      'systemctl start docker',
    ],
    [
      'permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock: dial unix',
      'no permission',
      'usermod -aG docker',
    ],
    [
      'failed to connect to the docker API at unix:///run/docker.sock; check if the path is correct',
      'does not answer',
      'docker context ls',
    ],
    [
      'Failed to initialize: unable to resolve docker endpoint: context "x": context not found',
      'context',
      'docker context use default',
    ],
  ])('%s', async (stderr, message, fix) => {
    const {engine} = setUp([{program: 'docker', when: '', stderr, exitCode: 1}])

    for (const work of [() => engine.info(), () => engine.exec('node', ['ls'])]) {
      const problem = await problemOf(work())
      expect(problem.name).toBe('engine-unreachable')
      expect(problem.message).toContain(message)
      expect(problem.cause).toContain(stderr)
      expect(problem.suggestions.join()).toContain(fix)
    }
  })

  test('an engine that does not answer is seen even when docker ends well', async () => {
    const stdout = JSON.stringify({ServerErrors: ['Cannot connect to the Docker daemon at tcp://x:2375.']})
    const {engine} = setUp([{program: 'docker', when: 'info', stdout}])

    expect((await problemOf(engine.info())).name).toBe('engine-unreachable')
  })

  test('no docker on PATH is a Problem of its own', async () => {
    const engine = createEngineDriver(createProcessDriver({...process.env, PATH: '/nowhere'}))

    expect((await problemOf(engine.info())).name).toBe('engine-missing')
    expect((await problemOf(textOf(engine.save(['a'])))).name).toBe('engine-missing')
  })

  test('a full disk is told as such', async () => {
    const {engine} = setUp([
      {
        program: 'docker',
        when: 'load',
        stderr: 'Error processing tar file(exit status 1): write /x: no space left on device',
        exitCode: 1,
      },
    ])

    expect((await problemOf(engine.load('/x.tar'))).name).toBe('disk-full')
  })

  test('an answer that is not JSON is not taken for one', async () => {
    const {engine} = setUp([{program: 'docker', when: 'info', stdout: 'Emulate Docker CLI using podman\n'}])

    expect((await problemOf(engine.info())).cause).toContain('podman')
  })
})

describe('containers', () => {
  test('are listed by label with their addresses; a stopped one has the address that was asked for', async () => {
    const stopped = fakeContainer('lab-worker', {state: 'exited', labels: {a: 'b'}, networks: {}})
    stopped.NetworkSettings.Networks['lab-blue'] = {
      IPAddress: '',
      MacAddress: '',
      IPAMConfig: {IPv4Address: '172.30.0.3'},
    }
    const running = fakeContainer('lab-control-plane', {labels: {a: 'b'}, networks: {kind: '172.18.0.2'}})
    const {engine} = setUp([], {containers: [stopped, running, fakeContainer('other')]})

    expect(await engine.containers('a=b')).toEqual([
      {
        name: 'lab-control-plane',
        state: 'running',
        labels: {a: 'b'},
        addresses: {kind: {ip: '172.18.0.2', mac: '02:42:ac:12:00:02'}},
      },
      {name: 'lab-worker', state: 'exited', labels: {a: 'b'}, addresses: {'lab-blue': {ip: '172.30.0.3', mac: ''}}},
    ])
  })

  test('one that goes between listing and looking is left out', async () => {
    const {engine} = setUp([{program: 'docker', when: 'ps', stdout: 'id-of-here\nid-of-gone\n'}], {
      containers: [fakeContainer('here')],
    })

    expect((await engine.containers('x')).map(({name}) => name)).toEqual(['here'])
  })

  test('none means no second question', async () => {
    const {engine, fakes} = setUp()

    expect(await engine.containers('x')).toEqual([])
    expect(fakes.lines()).toHaveLength(1)
  })

  test('are stopped and started', async () => {
    const {engine, fakes} = setUp([], {containers: [fakeContainer('a', {labels: {x: ''}})]})

    await engine.stopContainers(['a'])
    expect(await engine.containers('x')).toMatchObject([{name: 'a', state: 'exited'}])
    await engine.startContainers(['a'])
    await engine.startContainers([])

    expect(await engine.containers('x')).toMatchObject([{name: 'a', state: 'running'}])
    expect(fakes.lines().filter((line) => /stop|start/.test(line))).toEqual(['docker stop a', 'docker start a'])
  })

  test('one that cannot be started is a problem with the words of the engine', async () => {
    const {engine} = setUp()

    expect(await problemOf(engine.startContainers(['gone']))).toMatchObject({
      name: 'engine-failed',
      message: 'The container engine cannot start gone',
      cause: expect.stringContaining('No such container: gone'),
    })
  })

  test('are removed, and those that are gone are fine', async () => {
    const {engine, fakes} = setUp([], {containers: [fakeContainer('a', {labels: {x: ''}})]})

    await engine.removeContainers(['a', 'gone'])
    await engine.removeContainers([])

    expect(await engine.containers('x')).toEqual([])
    expect(fakes.lines()[0]).toBe('docker rm --force --volumes a gone')
  })

  test('a refusal that is no absence is passed on', async () => {
    const stderr = 'Error response from daemon: driver failed to remove root filesystem: device or resource busy'
    const {engine} = setUp([{program: 'docker', when: 'rm', stderr, exitCode: 1}])

    expect(await problemOf(engine.removeContainers(['a']))).toMatchObject({
      name: 'engine-failed',
      cause: expect.stringContaining(stderr),
    })
  })
})

describe('networks', () => {
  const network = {
    name: 'lab-blue',
    subnet: '172.30.0.0/24',
    nodeRange: '172.30.0.0/27',
    labels: {'k8s-local.dev/cluster': 'lab'},
  }

  test('are made without a way out, with the range for nodes and our labels', async () => {
    const {engine, fakes} = setUp()

    await engine.createNetwork(network)

    expect(fakes.lines()).toEqual([
      'docker network create --driver bridge --internal --subnet 172.30.0.0/24 --ip-range 172.30.0.0/27 --label k8s-local.dev/cluster=lab lab-blue',
    ])
  })

  test.each([
    [{...network, subnet: '172.30.9.0/24'}, 'already exists'],
    [{...network, name: 'lab-red'}, 'Pool overlaps'],
  ])('a taken name or subnet is a conflict', async (second, cause) => {
    const {engine} = setUp()
    await engine.createNetwork(network)

    expect(await problemOf(engine.createNetwork(second))).toMatchObject({
      name: 'engine-network-conflict',
      cause: expect.stringContaining(cause),
    })
  })

  test('one that goes between listing and looking is left out', async () => {
    const {engine} = setUp([{program: 'docker', when: 'network ls', stdout: 'lab-blue\ngone\n'}])
    await engine.createNetwork(network)

    expect((await engine.networks()).map(({name}) => name)).toEqual(['lab-blue'])
  })
})

describe('images', () => {
  test('an unknown image has no id', async () => {
    const {engine} = setUp([], {images: {'a:1': 'sha256:1'}})

    expect(await engine.imageId('a:1')).toBe('sha256:1')
    expect(await engine.imageId('b:1')).toBeUndefined()
  })

  test.each([
    ['1.41', 'docker image save a:1 b:1'],
    ['1.47', 'docker image save a:1 b:1'],
    ['1.48', 'docker image save --platform linux/amd64 a:1 b:1'],
    ['1.52', 'docker image save --platform linux/amd64 a:1 b:1'],
  ])('are saved by API %s for the own platform only where that can be said', async (api, line) => {
    const {engine, fakes} = setUp([], {api})

    expect(await textOf(engine.save(['a:1', 'b:1']))).toContain('a:1 b:1')
    expect(fakes.lines()[1]).toBe(line)
  })

  test('a save that fails half way is an error, not a short file', async () => {
    const {engine} = setUp([
      {
        program: 'docker',
        when: 'image save',
        stdout: 'half',
        stderr: 'Error response from daemon: reference does not exist',
        exitCode: 1,
      },
    ])

    expect(await problemOf(textOf(engine.save(['a'])))).toMatchObject({
      name: 'engine-failed',
      cause: expect.stringContaining('reference does not exist'),
    })
  })

  test.each([
    [
      'Error response from daemon: Get "https://registry.example/v2/": dial tcp: lookup registry.example: no such host',
      'cannot be reached',
    ],
    ['toomanyrequests: You have reached your pull rate limit', 'limits'],
    ['Error response from daemon: manifest for x:1 not found: manifest unknown', 'does not have it'],
    ['Error response from daemon: pull access denied for x, repository does not exist', 'refuses it'],
  ])('a pull that fails says why: %s', async (stderr, why) => {
    const {engine} = setUp([{program: 'docker', when: 'pull', stderr, exitCode: 1}])
    const problem = await problemOf(engine.pull('x:1', {}))

    expect(problem.name).toBe('image-pull-failed')
    expect(problem.message).toContain(why)
    expect(problem.suggestions.join()).toContain('--bundle')
  })

  test('a pull tells its lines while it goes on', async () => {
    const {engine} = setUp()
    const lines: string[] = []

    await engine.pull('x:1', {onLine: (line) => lines.push(line)})

    expect(lines[0]).toBe('Pulling x:1')
  })
})

describe('a program in a container', () => {
  const state = {containers: [fakeContainer('node'), fakeContainer('down', {state: 'exited'})]}

  test('gets its words, environment, folder and input, and its exit code is a value', async () => {
    const {engine, fakes} = setUp([], state)
    const finished = await engine.exec('node', ['sh', '-c', 'pwd; echo $COLOR; cat; exit 6'], {
      stdin: 'in',
      env: {COLOR: 'blue'},
      cwd: fakes.folder,
    })

    expect(finished).toMatchObject({exitCode: 6, stdout: `${fakes.folder}\nblue\nin`})
    expect(fakes.lines()[0]).toMatch(/^docker exec --interactive --workdir \S+ --env COLOR=blue node sh -c /)
  })

  test('that is not there ends with 127', async () => {
    const {engine} = setUp([], state)

    expect((await engine.exec('node', ['no-such-program'])).exitCode).toBe(127)
  })

  test('in a container that is gone or down is a Problem', async () => {
    const {engine} = setUp([], state)

    expect((await problemOf(engine.exec('gone', ['ls']))).cause).toContain('No such container')
    expect((await problemOf(engine.exec('down', ['ls']))).cause).toContain('is not running')
  })

  test('reads a big file without a byte passing through us', async () => {
    const {engine, fakes} = setUp([], state)
    const file = join(fakes.folder, 'big')
    writeFileSync(file, Buffer.alloc(1_000_000))

    expect((await engine.exec('node', ['wc', '-c'], {stdin: {file}})).stdout.trim()).toBe('1000000')
  })
})
