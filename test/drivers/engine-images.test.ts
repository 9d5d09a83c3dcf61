import {afterEach, describe, expect, test} from 'vitest'
import {createEngineDriver} from '../../src/drivers/engine.ts'
import {createProcessDriver} from '../../src/drivers/process.ts'
import {type FakePrograms, fakePrograms, type FakeRule} from '../support/fake-programs.ts'
import {problemOf} from './problem-of.ts'

const made: FakePrograms[] = []
afterEach(() => {
  for (const fakes of made.splice(0)) fakes.remove()
})

function setUp(rules: readonly Omit<FakeRule, 'program'>[]) {
  const fakes = fakePrograms(rules.map((rule) => ({program: 'docker', ...rule})))
  made.push(fakes)
  return {fakes, engine: createEngineDriver(createProcessDriver(fakes.environment))}
}

const inspected = {
  Id: 'sha256:one',
  RepoTags: ['k8s-local/warm-node:v1-ab'],
  Created: '2026-01-01T00:00:00Z',
  Size: 1_900_000_000,
  Config: {Labels: {a: 'b'}, Entrypoint: ['/entry', '/init'], Cmd: null},
}

describe('images of the engine', () => {
  test('are each listed once, however many filters they fit, with all that is known of them', async () => {
    const {engine, fakes} = setUp([
      {when: 'image ls', stdout: 'sha256:one\n'},
      {when: 'image inspect', stdout: `${JSON.stringify(inspected)}\n`},
    ])

    expect(await engine.images(['label=a', 'reference=k8s-local/warm-node'])).toEqual([
      {
        id: 'sha256:one',
        references: ['k8s-local/warm-node:v1-ab'],
        labels: {a: 'b'},
        size: 1_900_000_000,
        created: '2026-01-01T00:00:00Z',
        entrypoint: ['/entry', '/init'],
        command: [],
      },
    ])
    expect(fakes.lines()).toContain('docker image inspect --format {{json .}} sha256:one')
  })

  test('are none where none fits, and one that is not there is no image', async () => {
    const {engine} = setUp([
      {when: 'image ls', stdout: ''},
      {when: 'image inspect', stderr: 'Error: No such image: x', exitCode: 1},
    ])

    expect(await engine.images(['label=a'])).toEqual([])
    expect(await engine.image('x')).toBeUndefined()
  })

  test('are removed by name, whether they are there or not; one that a container uses is refused', async () => {
    const gone = setUp([{when: 'image rm', stderr: 'Error: No such image: x', exitCode: 1}])
    const used = setUp([
      {
        when: 'image rm',
        stderr: 'Error response from daemon: conflict: image is being used by running container',
        exitCode: 1,
      },
    ])

    await gone.engine.removeImages(['x'])
    await gone.engine.removeImages([])
    expect(gone.fakes.lines()).toEqual(['docker image rm x'])
    expect((await problemOf(used.engine.removeImages(['x']))).name).toBe('engine-failed')
  })
})

describe('an image made of a container', () => {
  test('runs in one that has the rights of a node, no network, and a scratch folder that is no part of it', async () => {
    const {engine, fakes} = setUp([{when: 'run'}])

    await engine.run({
      name: 'builder',
      image: 'sha256:one',
      labels: {a: 'b'},
      entrypoint: ['sleep', 'infinity'],
      scratch: '/scratch',
      readOnly: [{folder: '/bundle', onNodes: '/seen'}],
    })

    expect(fakes.lines()).toEqual([
      'docker run --detach --name builder --label a=b --privileged --userns host --network none --mount type=volume,destination=/scratch --volume /bundle:/seen:ro --entrypoint sleep sha256:one infinity',
    ])
  })

  test('starts as its node image does, under labels that hold any text', async () => {
    const {engine, fakes} = setUp([{when: 'commit', stdout: 'sha256:two\n'}])

    const id = await engine.commit('builder', {
      reference: 'k8s-local/warm-node:v1-ab',
      labels: {'k8s-local.dev/warm-contents': '{"a":"$b \'c\'"}'},
      entrypoint: ['/entry', '/init'],
      command: ['--now'],
    })

    expect(id).toBe('sha256:two')
    expect(fakes.calls()[0]?.argv).toEqual([
      'commit',
      '--pause=false',
      '--change',
      'ENTRYPOINT ["/entry","/init"]',
      '--change',
      'CMD ["--now"]',
      '--change',
      String.raw`LABEL "k8s-local.dev/warm-contents"='{"a":"$b '\''c'\''"}'`,
      'builder',
      'k8s-local/warm-node:v1-ab',
    ])
  })
})
