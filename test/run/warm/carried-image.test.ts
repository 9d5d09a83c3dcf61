import {readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {beforeEach, describe, expect, test} from 'vitest'
import {createDownloadDriver} from '../../../src/drivers/downloads.ts'
import {createEngineDriver} from '../../../src/drivers/engine.ts'
import {createFileDriver} from '../../../src/drivers/files.ts'
import type {EngineDriver, EngineImage} from '../../../src/drivers/ports.ts'
import {createProcessDriver} from '../../../src/drivers/process.ts'
import {Problem} from '../../../src/problem.ts'
import {ensureEngineImage} from '../../../src/run/executors/ensure-engine-image.ts'
import {saveWarmImage} from '../../../src/run/executors/save-warm-image.ts'
import {sha256} from '../../../src/sha256.ts'
import type {ActionOf} from '../../../src/steps/action.ts'
import type {Artifact} from '../../../src/steps/artifact.ts'
import {warmLabels} from '../../../src/steps/warm-image.ts'
import {fakePrograms} from '../../support/fake-programs.ts'
import {scratchFolder} from '../../drivers/scratch.ts'
import {makeFakeClock} from '../fake-clock.ts'
import {fakeContext, fakeJournal} from '../fakes.ts'

const root = scratchFolder()
const hash = '0123456789abcdef'.repeat(4)
const image = {reference: 'k8s-local/warm-node:v1-0123456789abcdef', hash, contents: '{"format":1}'}
const file = 'warm-node-v1-0123456789abcdef.tar'
const labels = {[warmLabels.hash]: hash, [warmLabels.contents]: image.contents}
const tar = 'all layers of the image'
const platform = 'linux/amd64'
const index = `apiVersion: k8s-local/v1\nkind: Bundle\nplatform: ${platform}\nartifacts: []\n`

let bundle = ''
let made = 0
beforeEach(() => {
  made += 1
  bundle = join(root, `bundle-${made}`)
})

interface World {
  /** Labels of the image that the engine holds; absent: it holds none. */
  readonly held?: Readonly<Record<string, string>> | undefined
  /** Labels of the image in the file. */
  readonly loaded?: Readonly<Record<string, string>>
  readonly save?: EngineDriver['save']
  readonly signal?: AbortSignal
}

/** Files and checksums are real, the engine and the journal are not. */
async function world({held, loaded = labels, save, signal}: World = {}) {
  const files = createFileDriver({HOME: root})
  const done: string[] = []
  let there = held
  const engine: Partial<EngineDriver> = {
    image: async () => there && ({id: 'sha256:warm', labels: there, size: 100} as unknown as EngineImage),
    save: save ?? (() => bytes(tar)),
    load: async (path) => {
      done.push(`load ${path}`)
      there = loaded
    },
    removeImages: async (names) => {
      done.push(`remove ${names.join()}`)
      there = undefined
    },
  }
  const downloads = createDownloadDriver({
    cache: join(root, 'cache'),
    processes: createProcessDriver({}),
    clock: makeFakeClock(),
    environment: {},
  })
  const journal = fakeJournal()
  const context = fakeContext({engine, files, downloads, journal}, signal ? {signal} : {})
  await files.write(join(bundle, 'bundle.yaml'), index)
  return {context, done, journal}
}

const node: Artifact = {
  name: 'node',
  type: 'node-image',
  version: 'v1',
  platform,
  origin: {kind: 'engine'},
}
const saving = (): ActionOf<'save-warm-image'> => ({type: 'save-warm-image', image, node, bundle, fitting: [hash]})
const textOf = (name: string) => readFileSync(join(bundle, name), 'utf8')

describe('saving a warm image into a bundle', () => {
  test('writes the file and names it, and a second one finds it there', async () => {
    const {context, journal} = await world({held: labels})

    expect(await saveWarmImage(saving(), context)).toEqual({already: false})

    expect(readdirSync(bundle)).toEqual(['bundle.yaml', file])
    expect(textOf(file)).toBe(tar)
    for (const line of [`contentsHash: "${hash}"`, `sha256: ${sha256(tar)}`, `size: ${tar.length}`, `file: ${file}`])
      expect(textOf('bundle.yaml').replaceAll('"', '')).toContain(line.replaceAll('"', ''))
    expect(context.told).toContain(`${tar.length}/100 bytes`)
    expect(await saveWarmImage(saving(), context)).toEqual({already: true})
    expect(journal.locked.size).toBe(0)
  })

  test('takes what `docker image save` prints', async () => {
    const fakes = fakePrograms([
      {program: 'docker', when: 'version', stdout: '{"Client": {"ApiVersion": "1.41"}, "Server": {}}'},
      {program: 'docker', when: 'image save', stdout: tar},
    ])
    try {
      const {save} = createEngineDriver(createProcessDriver(fakes.environment))
      const {context} = await world({held: labels, save})

      await saveWarmImage(saving(), context)

      expect(textOf(file)).toBe(tar)
      expect(fakes.lines()).toContain(`docker image save ${image.reference}`)
    } finally {
      fakes.remove()
    }
  })

  test('mends one whose file was changed or lost', async () => {
    const {context} = await world({held: labels})
    await saveWarmImage(saving(), context)
    writeFileSync(join(bundle, file), 'something else')

    expect(await saveWarmImage(saving(), context)).toEqual({already: false})
    expect(textOf(file)).toBe(tar)
    expect(textOf('bundle.yaml').match(/name: warm-node/g)).toHaveLength(1)
  })

  test('leaves nothing when it is interrupted, half way or just before the image is named', async () => {
    for (const moment of ['half way', 'at the end']) {
      const interrupt = new AbortController()
      const save = async function* () {
        yield Buffer.from('all ')
        interrupt.abort()
        if (moment === 'half way') throw new Problem('interrupted', {message: 'Interrupted'})
        yield Buffer.from('layers')
      }
      const {context, journal} = await world({held: labels, save, signal: interrupt.signal})

      await expect(saveWarmImage(saving(), context)).rejects.toMatchObject({data: {name: 'interrupted'}})

      expect(readdirSync(bundle)).toEqual(['bundle.yaml'])
      expect(textOf('bundle.yaml')).toBe(index)
      expect(journal.locked.size).toBe(0)
    }
  })

  test('removes what a killed one has left, and nothing of anybody else', async () => {
    const {context} = await world({held: labels})
    for (const name of [`.${file}.7-x.k8s-local-part`, '.other.tar.7-x.k8s-local-part'])
      writeFileSync(join(bundle, name), '')

    await saveWarmImage(saving(), context)

    expect(readdirSync(bundle)).toEqual(['.other.tar.7-x.k8s-local-part', 'bundle.yaml', file])
  })

  test('is refused where the engine does not hold it any more, or another one under its name', async () => {
    for (const held of [undefined, {...labels, [warmLabels.hash]: 'f'}]) {
      const {context} = await world({held})

      await expect(saveWarmImage(saving(), context)).rejects.toMatchObject({data: {name: 'artifact-unavailable'}})
      expect(readdirSync(bundle)).toEqual(['bundle.yaml'])
    }
  })
})

describe('loading the warm image of a bundle', () => {
  const loading = (other: Partial<Artifact> = {}): ActionOf<'ensure-engine-image'> => ({
    type: 'ensure-engine-image',
    artifact: {
      ...node,
      name: 'warm-node',
      reference: image.reference,
      contentsHash: hash,
      sha256: sha256(tar),
      origin: {kind: 'bundle', file: join(bundle, file)},
      ...other,
    },
    warm: image,
  })
  const put = (text: string) => writeFileSync(join(bundle, file), text)

  test('loads a file that is what it should be; the engine that has the image is left alone', async () => {
    const lacking = await world()
    put(tar)
    expect(await ensureEngineImage(loading(), lacking.context)).toEqual({already: false})
    expect(lacking.done).toEqual([`load ${join(bundle, file)}`])

    const having = await world({held: labels})
    expect(await ensureEngineImage(loading(), having.context)).toEqual({already: true})
    expect(having.done).toEqual([])
  })

  test.each([
    ['is missing', undefined, 'bundle-incomplete'],
    ['has a wrong byte', `${tar.slice(0, -1)}!`, 'artifact-corrupt'],
  ])('refuses a file that %s, with what mends it', async (_, text, name) => {
    const {context, done} = await world()
    if (text !== undefined) put(text)

    await expect(ensureEngineImage(loading(), context)).rejects.toMatchObject({
      data: {name, suggestions: expect.arrayContaining([expect.stringContaining(`--bundle ${bundle} --into-bundle`)])},
    })
    expect(done).toEqual([])
  })

  test('refuses an image whose labels say something else, and does not keep it', async () => {
    const {context, done} = await world({loaded: {...labels, [warmLabels.contents]: '{}'}})
    put(tar)

    await expect(ensureEngineImage(loading(), context)).rejects.toMatchObject({
      data: {name: 'artifact-corrupt', message: expect.stringContaining('labels say that something else is in it')},
    })
    expect(done.at(-1)).toBe(`remove ${image.reference}`)
  })
})

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}
