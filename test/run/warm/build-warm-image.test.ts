import {describe, expect, test} from 'vitest'
import type {EngineContainer, EngineDriver, EngineImage} from '../../../src/drivers/ports.ts'
import {Problem} from '../../../src/problem.ts'
import {buildWarmImage} from '../../../src/run/executors/build-warm-image.ts'
import {removeWarmImages} from '../../../src/run/executors/remove-warm-images.ts'
import type {ActionOf} from '../../../src/steps/action.ts'
import type {Artifact} from '../../../src/steps/artifact.ts'
import {warmBuildLabel, warmLabels} from '../../../src/steps/warm-image.ts'
import {container, fakeContext, fakeExec, fakeFiles, fakeJournal, type FakeJournal} from '../fakes.ts'

const hash = '0123456789abcdef'.repeat(4)
const image = {reference: 'k8s-local/warm-node:v1-0123456789abcdef', hash, contents: '{"format":1}'}
const builder = 'k8s-local-warm-0123456789abcdef'
const lock = `${builder}.build`
const labels = {[warmLabels.hash]: hash, [warmLabels.contents]: image.contents}
const node: Artifact = {
  name: 'node',
  type: 'node-image',
  version: 'v1',
  platform: 'linux/amd64',
  reference: 'k8s-local/node:v1',
  origin: {kind: 'bundle', file: '/bundle/node.tar'},
}
const probe: Artifact = {...node, name: 'probe', type: 'image', reference: 'k8s-local/probe:v1'}
const action: ActionOf<'build-warm-image'> = {type: 'build-warm-image', image, node, images: [probe]}

interface World {
  readonly images?: Readonly<Record<string, Partial<EngineImage>>>
  readonly containers?: readonly EngineContainer[]
  readonly journal?: FakeJournal
  /** The program that fails in the build's container. */
  readonly failing?: string
  /** Called when the engine begins to write the image. */
  readonly onCommit?: () => void
}

/** An engine that holds a node image, in whose containers containerd runs until it is told to end, and knows what was imported. */
function world({images = {}, containers = [], journal = fakeJournal(), failing, onCommit}: World = {}) {
  const done: string[] = []
  const held = new Map<string, Partial<EngineImage>>(
    Object.entries({'k8s-local/node:v1': {id: 'sha256:node', entrypoint: ['/entry', '/init'], command: []}, ...images}),
  )
  const running = new Set(containers.map(({name}) => name))
  let endDaemon: () => void = () => undefined
  const ended = new Promise<void>((resolve) => (endDaemon = resolve))
  let imported = false
  const {exec, asked} = fakeExec((_node, argv) => {
    const line = argv.join(' ')
    if (failing !== undefined && line.includes(failing)) return {exitCode: 1, stderr: 'it broke'}
    if (argv[0] === 'pkill') endDaemon()
    if (line.includes('images import')) imported = true
    if (line.endsWith('images import --platform linux/amd64 -')) return 'docker.io/k8s-local/probe:v1 saved'
    if (line.endsWith('images ls -q')) return ''
    if (line.endsWith('images ls'))
      return imported ? 'docker.io/k8s-local/probe:v1 x io.cri-containerd.image=managed' : ''
    if (line.endsWith('content ls --quiet')) return 'sha256:old\n'
    if (line.endsWith('content ls'))
      return 'sha256:old 1B containerd.io/uncompressed=x\nsha256:layer 9B containerd.io/uncompressed=y\nsha256:doc 1B -\n'
    return undefined
  })
  const engine: Partial<EngineDriver> = {
    exec: async (name, argv, options) => {
      const finished = await exec(name, argv, options)
      if (argv[0] === 'containerd') await ended
      return finished
    },
    image: async (reference) => held.get(reference) as EngineImage | undefined,
    containers: async () => [...running].map((name) => container(name)),
    run: async ({name, image: from}) => {
      done.push(`run ${name} of ${from}`)
      running.add(name)
    },
    commit: async (name, made) => {
      onCommit?.()
      done.push(`commit ${name}`)
      held.set(made.reference, {labels: made.labels, entrypoint: made.entrypoint})
      return 'sha256:new'
    },
    removeContainers: async (names) => {
      for (const name of names) {
        done.push(`remove ${name}`)
        running.delete(name)
      }
      endDaemon()
    },
    removeImages: async (names) => {
      for (const name of names) {
        done.push(`remove image ${name}`)
        held.delete(name)
      }
    },
  }
  const downloads = {fetch: async () => ({file: '/bundle/probe.tar', already: true})}
  return {done, asked, held, running, journal, parts: {engine, downloads, journal, files: fakeFiles({})}}
}

describe('building a warm node image', () => {
  test('unpacks in a container, keeps what was unpacked, and makes the image under its labels', async () => {
    const {parts, done, asked, held, running} = world()

    expect(await buildWarmImage(action, fakeContext(parts))).toEqual({already: false})

    expect(done).toEqual([`run ${builder} of sha256:node`, `commit ${builder}`, `remove ${builder}`])
    expect(running.size).toBe(0)
    expect(held.get(image.reference)).toEqual({
      labels: {...labels, [warmBuildLabel]: ''},
      entrypoint: ['/entry', '/init'],
    })
    const at = (word: string) => asked.findIndex((line) => line.includes(word))
    const order = [
      'cp --archive',
      'containerd --root',
      'images import',
      'pkill',
      '-fprintf',
      'tar --create',
      '-delete',
      '--update',
    ]
    expect(order.map(at)).toEqual(order.map(at).toSorted((a, b) => a - b))
    expect(at('cp --archive')).toBeGreaterThanOrEqual(0)
  })

  test('drops the archives of layers that it brought, and neither documents nor what the node image had', async () => {
    const {parts, asked} = world()

    await buildWarmImage(action, fakeContext(parts))

    expect(asked.filter((line) => / rm /.test(line) && /layer|old|doc/.test(line))).toEqual([
      `${builder}: ctr --namespace k8s.io content rm sha256:layer`,
      `${builder}: rm --force /k8s-local/store/io.containerd.content.v1.content/blobs/sha256/layer`,
    ])
  })

  test('has nothing to do where the image is; one whose labels say something else is made anew', async () => {
    const there = world({images: {[image.reference]: {labels}}})
    const other = world({images: {[image.reference]: {labels: {...labels, [warmLabels.contents]: '{}'}}}})

    expect(await buildWarmImage(action, fakeContext(there.parts))).toEqual({already: true})
    expect(there.done).toEqual([])
    expect(await buildWarmImage(action, fakeContext(other.parts))).toEqual({already: false})
  })

  test.each(['images import', 'cp --archive', 'tar --create'])('leaves nothing when %s fails', async (failing) => {
    const {parts, held, running, journal} = world({failing})

    await expect(buildWarmImage(action, fakeContext(parts))).rejects.toBeInstanceOf(Problem)

    expect(running.size).toBe(0)
    expect(held.has(image.reference)).toBe(false)
    expect(journal.locked.size).toBe(0)
  })

  test('leaves nothing when it is interrupted while the engine writes the image, which nobody can stop', async () => {
    const interrupt = new AbortController()
    const {parts, held, running} = world({onCommit: () => interrupt.abort()})

    await expect(buildWarmImage(action, fakeContext(parts, {signal: interrupt.signal}))).rejects.toMatchObject({
      data: {name: 'interrupted'},
    })

    expect(running.size).toBe(0)
    expect(held.has(image.reference)).toBe(false)
  })

  test('does not touch a container of its name that somebody else has', async () => {
    const {parts, done} = world()
    const taken = () => Promise.reject(new Problem('engine-failed', {message: 'The container name is already in use'}))

    await expect(
      buildWarmImage(action, fakeContext({...parts, engine: {...parts.engine, run: taken}})),
    ).rejects.toMatchObject({data: {name: 'engine-failed'}})

    expect(done.filter((line) => line.startsWith('remove'))).toEqual([])
  })

  test('says why containerd does not run', async () => {
    const {parts} = world({failing: 'containerd --root'})
    const {exec, ...engine} = parts.engine
    const broken: EngineDriver['exec'] = async (name, argv, options) =>
      argv[0] === 'containerd' || argv[0] === 'ctr'
        ? {exitCode: 1, stdout: '', stderr: 'overlayfs is not supported'}
        : ((await exec?.(name, argv, options)) as Awaited<ReturnType<EngineDriver['exec']>>)

    await expect(
      buildWarmImage(action, fakeContext({...parts, engine: {...engine, exec: broken}})),
    ).rejects.toMatchObject({data: {name: 'node-command-failed', cause: 'overlayfs is not supported'}})
  })

  test('of two at once one builds; the other waits, says for whom, and finds it done', async () => {
    const journal = fakeJournal()
    const {parts, held, done} = world({journal})
    journal.locked.add(lock)
    let tries = 0
    const busy = async (name: string) => {
      tries += 1
      if (tries < 3) throw new Problem('cluster-busy', {message: 'busy'})
      held.set(image.reference, {labels})
      return journal.lock(name)
    }
    const context = fakeContext({...parts, journal: {...journal, lock: busy}})

    expect(await buildWarmImage(action, context)).toEqual({already: true})
    expect(context.told).toEqual(['waiting for the k8s-local that builds it now: process 7 on here'])
    expect(done).toEqual([])
  })

  test('touches the container of its name only when nobody else builds in it, and then removes what a killed build left', async () => {
    const journal = fakeJournal()
    const {parts, done, running} = world({journal, containers: [container(builder, {labels: {}})]})
    const seen: number[] = []
    const lockLater = async (name: string) => {
      if (name === lock) seen.push(done.length)
      if (seen.length < 3) throw new Problem('cluster-busy', {message: 'busy'})
      return journal.lock(name)
    }

    await buildWarmImage(action, fakeContext({...parts, journal: {...journal, lock: lockLater}}))

    expect(seen).toEqual([0, 0, 0])
    expect(done.slice(0, 2)).toEqual([`remove ${builder}`, `run ${builder} of sha256:node`])
    expect(running.size).toBe(0)
  })

  test('first removes what builds have left that were killed, and not those of somebody who still builds', async () => {
    const journal = fakeJournal()
    journal.locked.add('k8s-local-warm-alive.build')
    const containers = [
      container('k8s-local-warm-dead', {labels: {}}),
      container('k8s-local-warm-alive', {labels: {}}),
      container('a-node-made-from-a-warm-image', {labels: {}}),
    ]
    const {parts, running} = world({containers, journal})

    await removeWarmImages({type: 'remove-warm-images', images: []}, fakeContext(parts))

    expect([...running]).toEqual(['k8s-local-warm-alive', 'a-node-made-from-a-warm-image'])
  })
})
