import {chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import Warm from '../../src/commands/warm.ts'
import {makeRealDrivers} from '../../src/drivers/real-drivers.ts'
import {sha256} from '../../src/sha256.ts'
import type {Plan} from '../../src/steps/step.ts'
import {toYaml} from '../../src/to-yaml.ts'
import {type WarmImage, warmLabels} from '../../src/steps/warm-image.ts'
import {scratchFolder} from '../drivers/scratch.ts'
import {bundleArtifacts} from '../plan/given.ts'
import {type FakePrograms, fakePrograms} from '../support/fake-programs.ts'
import {runCommand} from './support/run-command.ts'

const root = scratchFolder()
const source = join(root, 'source')
const bundle = join(root, 'bundle')
const tar = 'all layers of the image'
const state = {info: {DockerRootDir: root}}

let fakes: FakePrograms[] = []
beforeEach(() => {
  for (const folder of [source, bundle]) mkdirSync(folder)
  const rows = bundleArtifacts.map(({name, type, version, reference}) => {
    writeFileSync(join(source, name), name)
    symlinkSync(join(source, name), join(bundle, name))
    const fields = {name, type, version, ...(reference !== undefined && {reference}), file: name, sha256: sha256(name)}
    return `  - ${toYaml(fields).trimEnd().replaceAll('\n', '\n    ')}\n`
  })
  writeFileSync(
    join(source, 'bundle.yaml'),
    `apiVersion: k8s-local/v1\nkind: Bundle\nplatform: linux/amd64\nartifacts:\n${rows.join('')}`,
  )
  symlinkSync(join(source, 'bundle.yaml'), join(bundle, 'bundle.yaml'))
})
afterEach(() => {
  for (const one of fakes) one.remove()
  fakes = []
  for (const folder of [source, bundle]) rmSync(folder, {recursive: true})
})

/** Runs warm with a docker that holds these images and writes the archive. */
async function warm(argv: readonly string[], image?: WarmImage, env: Readonly<Record<string, string>> = {}) {
  const inspected = image && {
    Id: 'sha256:warm',
    RepoTags: [image.reference],
    Size: 100,
    Config: {Labels: {[warmLabels.hash]: image.hash, [warmLabels.contents]: image.contents}},
  }
  const programs = fakePrograms(
    [
      {program: 'docker', when: 'image ls', stdout: image ? 'sha256:warm\n' : ''},
      ...(inspected
        ? [{program: 'docker', when: 'image inspect', stdout: `${JSON.stringify(inspected)}\n`} as const]
        : []),
      {program: 'docker', when: 'image save', stdout: tar},
    ],
    state,
  )
  fakes.push(programs)
  const environment = {
    ...programs.environment,
    HOME: root,
    XDG_CACHE_HOME: join(root, 'cache'),
    XDG_STATE_HOME: join(root, 'state'),
  }
  const drivers = makeRealDrivers({environment, kubeconfig: join(root, 'config')})
  const ran = await runCommand(Warm, [...argv, '--progress', 'none'], {drivers, env})
  return {...ran, lines: programs.lines()}
}

const into = ['--bundle', bundle, '--into-bundle']

/** The image that this bundle makes, as its plan says: the same in every test. */
let made: Promise<WarmImage> | undefined
function imageOfBundle(): Promise<WarmImage> {
  made ??= warm([...into, '--dry-run']).then(({result}) => {
    const actions = (result as Plan).steps.map(({action}) => action)
    expect(actions.map(({type}) => type).slice(-2)).toEqual(['build-warm-image', 'save-warm-image'])
    return actions.flatMap((action) => (action.type === 'save-warm-image' ? [action.image] : []))[0] as WarmImage
  })
  return made
}

const fileOf = ({reference}: WarmImage) => `warm-node-${reference.split(':')[1]}.tar`

describe('warm --into-bundle', () => {
  test('saves the image that the engine has, names the file, and does nothing the second time', async () => {
    const image = await imageOfBundle()
    const before = readFileSync(join(bundle, 'bundle.yaml'), 'utf8')

    const first = await warm(into, image)
    const second = await warm([], image, {K8S_LOCAL_BUNDLE: bundle, K8S_LOCAL_INTO_BUNDLE: 'true'})

    expect(first.exitCode, first.stderr).toBe(0)
    expect(first.stdout).toContain(`file      ${join(bundle, fileOf(image))}`)
    expect(readFileSync(join(bundle, fileOf(image)), 'utf8')).toBe(tar)
    expect(readFileSync(join(bundle, 'bundle.yaml'), 'utf8')).toContain(before)
    expect(second.exitCode, second.stderr).toBe(0)
    expect(second.stderr).toContain(`${image.reference} is in the bundle`)
    expect(second.lines.filter((line) => line.startsWith('docker image save'))).toEqual([])
  })

  test('changes nothing in another bundle that this one is made of links to', async () => {
    const names = readdirSync(source)
    const before = readFileSync(join(source, 'bundle.yaml'), 'utf8')

    await warm(into, await imageOfBundle())

    expect(readdirSync(source)).toEqual(names)
    expect(readFileSync(join(source, 'bundle.yaml'), 'utf8')).toBe(before)
  })

  test('saves it anew where the file was changed, and says so', async () => {
    const image = await imageOfBundle()
    await warm(into, image)
    writeFileSync(join(bundle, fileOf(image)), 'half of it')

    const {stderr, exitCode} = await warm(into, image)

    expect(exitCode, stderr).toBe(0)
    expect(stderr).toContain(`${image.reference} in the bundle is not used: its file is not what bundle.yaml says`)
    expect(readFileSync(join(bundle, fileOf(image)), 'utf8')).toBe(tar)
  })

  test('without a bundle is refused, whatever the engine has', async () => {
    const {stderr, exitCode} = await warm(['--into-bundle'])

    expect(exitCode).toBe(2)
    expect(stderr).toContain('k8s-local warm --into-bundle --bundle DIR')
  })

  // Root may write everywhere.
  test.skipIf(process.getuid?.() === 0)(
    'a bundle that cannot be written is told before anything is built',
    async () => {
      chmodSync(bundle, 0o555)
      try {
        const {stderr, exitCode} = await warm(into)

        expect(exitCode).toBe(3)
        expect(stderr).toContain('The warm image cannot be saved in the bundle')
      } finally {
        chmodSync(bundle, 0o755)
      }
    },
  )
})
