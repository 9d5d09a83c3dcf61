import {readFileSync} from 'node:fs'
import {describe, expect, test} from 'vitest'
import {observeArtifacts} from '../../../src/run/artifact-index/observe-artifacts.ts'
import {readBundle} from '../../../src/run/artifact-index/read-bundle.ts'
import {readLock} from '../../../src/run/artifact-index/read-lock.ts'
import {fakeDrivers, fakeFiles, finished} from '../fakes.ts'

const lock = readFileSync(new URL('../../../manifests/lock.yaml', import.meta.url), 'utf8')
const sha = 'a'.repeat(64)
const platform = 'linux/amd64'

describe('readBundle', () => {
  test('gives each artifact its file inside the folder', async () => {
    const [kind, probe] = await read(bundle())

    expect(kind).toEqual({
      name: 'kind',
      type: 'program',
      version: 'v0.33.0',
      platform,
      sha256: sha,
      size: 7,
      origin: {kind: 'bundle', file: '/bundle/programs/kind'},
    })
    expect(probe).toMatchObject({
      reference: 'k8s-local/probe:v1',
      imageId: 'sha256:1',
      origin: {kind: 'bundle', file: '/bundle/images/probe.tar'},
    })
  })

  test('leaves out what this release does not know', async () => {
    const text = `${bundle()}  - {name: new-thing, type: archive, version: v1, file: programs/kind, sha256: ${sha}}\n`

    expect((await read(text)).map(({name}) => name)).toEqual(['kind', 'probe'])
  })

  test('lists every file that is missing', async () => {
    await expect(read(bundle(), {'/bundle/programs/helm': ''})).rejects.toMatchObject({
      data: {
        name: 'bundle-incomplete',
        findings: [
          {at: 'kind', message: 'programs/kind is missing'},
          {at: 'probe', message: 'images/probe.tar is missing'},
        ],
      },
    })
  })

  test('tells everything that is wrong at once', async () => {
    const text = [
      'apiVersion: k8s-local/v2',
      'kind: Bundle',
      'platform: linux/arm64',
      'artifacts:',
      '  - {name: kind, type: program, version: v0.33.0, file: ../kind, sha256: xyz}',
      `  - {name: probe, type: image, version: 1.0, file: images/probe.tar, sha256: ${sha}}`,
      '  - {name: helm, type: tool, version: v1}',
      '  - nonsense',
      `  - {name: cilium, type: image, version: v1, reference: a/b:c, file: ../cilium.tar, sha256: ${sha}}`,
    ].join('\n')
    const failure = await read(text).catch(
      (error: {data: {name: string; findings: {at: string; message: string}[]}}) => error,
    )

    expect('data' in failure && failure.data.findings.map(({at, message}) => `${at}: ${message}`)).toEqual([
      'apiVersion: must be k8s-local/v1',
      'artifacts[0] (kind): sha256 must be 64 hexadecimal digits',
      'artifacts[1] (probe): version is missing, or is not text: put it in quotes',
      'artifacts[1] (probe): an image needs a reference',
      'artifacts[2] (helm): type must be one of program, archive, chart, manifest, image, node-image',
      'artifacts[3]: is not a map',
      'platform: is linux/arm64, and the container engine runs linux/amd64',
      'cilium: file ../cilium.tar lies outside the bundle',
    ])
  })

  test.each([
    ['is not there', undefined, '/bundle/bundle.yaml', 'does not exist'],
    ['is not YAML', 'a: [', '/bundle/bundle.yaml line 1', expect.any(String)],
    ['is a list', '- a', 'the file', 'is not a map'],
  ])('refuses an index that %s', async (_, text, at, message) => {
    const files = fakeFiles(text === undefined ? {} : {'/bundle/bundle.yaml': text})

    await expect(readBundle({folder: '/bundle', platform, files})).rejects.toMatchObject({
      data: {name: 'bundle-invalid', findings: expect.arrayContaining([expect.objectContaining({at, message})])},
    })
  })
})

describe('readLock', () => {
  test('pins the file for the machine, and images for the nodes', () => {
    const artifacts = readLock(lock, {host: 'darwin/arm64', node: 'linux/arm64'})
    const of = (name: string) => artifacts.find((artifact) => artifact.name === name)

    expect(of('kind')).toMatchObject({
      platform: 'darwin/arm64',
      origin: {kind: 'online', source: expect.stringContaining('darwin-arm64')},
    })
    expect(of('helm')?.origin).toMatchObject({member: 'darwin-arm64/helm'})
    expect(of('cni-plugins')).toMatchObject({
      platform: 'linux/arm64',
      origin: {source: expect.stringContaining('linux-arm64')},
    })
    expect(of('cilium-chart')).toMatchObject({version: '1.20.2', sha256: expect.stringMatching(/^[0-9a-f]{64}$/)})
    expect(of('cilium')).toMatchObject({platform: 'linux/arm64', reference: expect.stringContaining('@sha256:')})
  })

  test('puts the default of a name first', () => {
    const nodes = readLock(lock, {host: platform, node: platform}).filter(({name}) => name === 'node')

    expect(nodes[0]?.version).toBe('v1.36.4')
    expect(nodes.length).toBeGreaterThan(5)
  })

  test('leaves node images out that an older kind cannot run', () => {
    const nodes = readLock(lock, {host: platform, node: platform, kind: 'v0.32.0'}).filter(({name}) => name === 'node')

    expect(nodes.map(({version}) => version)).not.toContain('v1.36.4')
    expect(nodes.map(({version}) => version)).toContain('v1.36.1')
  })
})

describe('observeArtifacts', () => {
  const online = {bundle: undefined, node: platform, programs: true}

  test('takes programs on PATH before those that the lock pins, where they are new enough', async () => {
    const {artifacts} = await observeArtifacts(online, world({kind: 'v0.32.0', helm: 'v3.16.4'}))

    expect(artifacts.find(({name}) => name === 'kind')).toMatchObject({
      version: 'v0.32.0',
      origin: {kind: 'path', file: '/bin/kind'},
    })
    expect(artifacts.find(({name}) => name === 'helm')?.origin.kind).toBe('online')
    expect(artifacts.find(({name}) => name === 'node')?.version).toBe('v1.36.1')
  })

  test('adds to a bundle what is here all the same: images of the engine, files of the cache', async () => {
    const calico = readLock(lock, {host: platform, node: platform}).find(({name}) => name === 'calico-manifest')
    const drivers = world({
      kind: 'v0.33.0',
      files: {[`/cache/artifacts/${calico?.sha256}`]: ''},
      images: ['quay.io/calico/node:v3.32.1'],
    })
    const {artifacts, source} = await observeArtifacts({...online, bundle: '/bundle'}, drivers)

    expect(source).toBe('bundle')
    expect(artifacts.map(({name, origin}) => `${name} ${origin.kind}`)).toEqual([
      'kind bundle',
      'probe bundle',
      'calico-node engine',
      'calico-manifest online',
    ])
    expect(artifacts.find(({name}) => name === 'calico-node')?.reference).toBe('quay.io/calico/node:v3.32.1')
  })

  test('takes no program of a bundle that is for another machine', async () => {
    const {artifacts} = await observeArtifacts({...online, bundle: '/bundle'}, world({kind: 'v0.33.0', os: 'darwin'}))

    expect(artifacts.find(({name}) => name === 'kind')?.origin).toEqual({kind: 'path', file: '/bin/kind'})
  })
})

interface World {
  readonly kind?: string
  readonly helm?: string
  readonly os?: string
  readonly files?: Readonly<Record<string, string>>
  readonly images?: readonly string[]
}

function world({kind, helm, os = 'linux', files = {}, images = []}: World) {
  const programs: Readonly<Record<string, string | undefined>> = {kind, helm}
  return fakeDrivers({
    files: fakeFiles({'/package/manifests/lock.yaml': lock, '/bundle/bundle.yaml': bundle(), ...bundleFiles, ...files}),
    host: {
      platform: () => ({os, arch: 'amd64', cpus: 2}),
      which: async (program) => (programs[program] ? `/bin/${program}` : undefined),
    },
    kind: {version: async () => kind},
    process: {run: async () => finished(`${helm}\n`)},
    engine: {imageId: async (reference) => (images.includes(reference) ? 'sha256:1' : undefined)},
  })
}

const bundleFiles = {'/bundle/programs/kind': '', '/bundle/images/probe.tar': ''}

async function read(text: string, files: Readonly<Record<string, string>> = bundleFiles) {
  return await readBundle({folder: '/bundle', platform, files: fakeFiles({'/bundle/bundle.yaml': text, ...files})})
}

function bundle(): string {
  return `apiVersion: k8s-local/v1
kind: Bundle
platform: linux/amd64
artifacts:
  - {name: kind, type: program, version: v0.33.0, file: programs/kind, sha256: ${sha}, size: 7}
  - {name: probe, type: image, version: v1, reference: k8s-local/probe:v1, imageId: "sha256:1", file: images/probe.tar, sha256: ${sha}}
`
}
