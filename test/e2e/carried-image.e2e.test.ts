import {closeSync, openSync, readdirSync, readFileSync, readSync, statSync, writeSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import type {ProblemData} from '../../src/problem.ts'
import type {Plan} from '../../src/steps/step.ts'
import {copyBundle} from './support/bundle-copy.ts'
import {documentOf, k8sLocal, mustExit, startCli, story} from './support/cli.ts'
import {dockerLines} from './support/engine.ts'
import {bundle, type Home, makeHome, removeHome} from './support/home.ts'
import {say} from './support/log.ts'
import {planOf} from './support/plan-of.ts'
import {tracesOf} from './support/traces.ts'

const cluster = 'e2e-carried'
const clear = ['cache', 'clear', '--only', 'warm', '--yes']

describe.skipIf(bundle === undefined)('a bundle that carries a warm node image', () => {
  let home: Home
  let folder: string
  let plain: readonly string[]
  const warm = (...more: readonly string[]) => ['warm', '--bundle', folder, '--into-bundle', '--json', ...more]
  const create = (...more: readonly string[]) =>
    ['create', cluster, '--bundle', folder, '--workers', '1', '--network', 'lan', '--yes', '--json'].concat(more)
  const index = () => readFileSync(join(folder, 'bundle.yaml'), 'utf8')
  const carried = () => readdirSync(folder).filter((name) => name.startsWith('warm-node-'))
  beforeAll(async () => {
    home = makeHome()
    folder = copyBundle(bundle ?? '', home, (text) => `# a copy for a test\n${text}`)
    plain = readdirSync(folder)
    await k8sLocal(home, clear)
  })
  afterAll(async () => {
    await k8sLocal(home, ['delete', cluster, '--yes'])
    await k8sLocal(home, clear)
    removeHome(home)
  })

  test('has nothing half done in it after Ctrl-C while the image is saved', async () => {
    const before = index()
    const saving = startCli(home, warm('--progress', 'ndjson'))
    await saving.until(
      'bytes are written',
      (event) => event.type === 'step-progress' && event.step === 'save-warm-image' && event.done > 10_000_000,
      280,
    )
    saving.signal('SIGINT', 'program')
    const finished = await saving.finished

    expect(finished.exitCode, story(finished)).toBe(130)
    expect(readdirSync(folder)).toEqual(plain)
    expect(index()).toBe(before)
  })

  test('gets it by warm --into-bundle, once, and keeps what it had', async () => {
    const before = index()
    const saved = await mustExit(0, home, warm())
    const [file = ''] = carried()
    const {size} = statSync(join(folder, file))

    say(`saved ${(size / 2 ** 30).toFixed(2)} GiB in ${documentOf<{seconds: number}>(saved).seconds.toFixed(1)} s`)
    expect(documentOf<{status: string}>(saved).status).toBe('done')
    expect(readdirSync(folder).toSorted()).toEqual([...plain, file].toSorted())
    expect(index().startsWith(before)).toBe(true)
    expect(index().slice(before.length)).toContain(`size: ${size}\n`)
    expect(documentOf<{status: string}>(await mustExit(0, home, warm())).status).toBe('already')
  })

  test('gives it to create where the engine has none: no byte is imported, and what was made is proven', async () => {
    await mustExit(0, home, clear)
    expect(await dockerLines('image', 'ls', '-q', 'k8s-local/warm-node')).toEqual([])
    const making = startCli(home, create('--warm', 'use', '--progress', 'ndjson'), {timeoutSeconds: 420})
    const made = await making.finished

    expect(made.exitCode, story(made)).toBe(0)
    const plan = planOf(making.events)
    expect(plan.notes?.join()).toMatch(/Nodes start from the warm image k8s-local\/warm-node:\S+ of the bundle/)
    const types = new Set(plan.steps.map(({action}) => action.type))
    for (const type of ['import-images', 'pull-images', 'copy-cni-plugins'] as const) expect(types).not.toContain(type)
    expect(making.events.filter((event) => event.type === 'step-progress' && event.unit === 'bytes')).toEqual([])
    say(`created from a bundle's warm image in ${documentOf<{seconds: number}>(made).seconds.toFixed(1)} s`)
    expect(await dockerLines('image', 'ls', '-q', 'k8s-local/warm-node')).toHaveLength(1)
    await mustExit(0, home, ['verify', cluster], {timeoutSeconds: 420})
  })

  test('is refused with a wrong byte in it, with what mends it, and nothing is made', async () => {
    await k8sLocal(home, ['delete', cluster, '--yes'])
    await mustExit(0, home, clear)
    changeByte(join(folder, carried()[0] ?? ''))

    const refused = await mustExit(3, home, create('--warm', 'use'))

    const {error} = documentOf<{error: ProblemData}>(refused)
    expect(error, story(refused)).toMatchObject({name: 'artifact-corrupt', code: 'KL-3002'})
    expect(error.cause).toMatch(/expected [0-9a-f]{64}\s+seen/)
    expect(error.suggestions.join()).toContain('--into-bundle')
    expect(await dockerLines('image', 'ls', '-q', 'k8s-local/warm-node')).toEqual([])
    expect(await tracesOf(cluster, home)).toEqual([])

    const plan = documentOf<Plan>(await mustExit(0, home, create('--warm', 'never', '--dry-run')))
    expect(plan.steps.some(({action}) => action.type === 'import-images')).toBe(true)
  })
})

/** In the middle of the file: its size stays. Once: a second attempt of a test must not put it right again. */
function changeByte(file: string): void {
  if (changed.has(file)) return
  changed.add(file)
  const middle = Math.floor(statSync(file).size / 2)
  const handle = openSync(file, 'r+')
  try {
    const byte = Buffer.alloc(1)
    readSync(handle, byte, 0, 1, middle)
    writeSync(handle, Buffer.from([(byte[0] ?? 0) ^ 1]), 0, 1, middle)
  } finally {
    closeSync(handle)
  }
}

const changed = new Set<string>()
