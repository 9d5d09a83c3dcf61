import {describe, expect, test} from 'vitest'
import {ensureEngineImage} from '../../../src/run/executors/ensure-engine-image.ts'
import {importImages} from '../../../src/run/executors/import-images.ts'
import {pullImages} from '../../../src/run/executors/pull-images.ts'
import {fullName} from '../../../src/run/images/full-name.ts'
import type {Artifact} from '../../../src/steps/artifact.ts'
import {fakeContext, finished, type FakeParts} from '../fakes.ts'

const nodes = ['demo-worker', 'demo-worker2']
const digest = `sha256:${'a'.repeat(64)}`

describe('import-images from a bundle', () => {
  test('gives each node that lacks an image the file itself, and skips the others', async () => {
    const {context, imports, images} = world({'demo-worker': ['quay.io/cilium/cilium:v1'], 'demo-worker2': []})

    expect(
      await importImages(
        {type: 'import-images', artifacts: [bundled('quay.io/cilium/cilium:v1'), bundled('k8s-local/probe:v1')], nodes},
        context,
      ),
    ).toEqual({already: false})
    expect(imports).toEqual([
      'demo-worker2 /bundle/cilium.tar',
      'demo-worker /bundle/probe.tar',
      'demo-worker2 /bundle/probe.tar',
    ])
    expect(images.get('demo-worker2')).toContain('docker.io/k8s-local/probe:v1')
    expect(context.told.filter((line) => line.endsWith('bytes'))).toEqual([
      '100/300 bytes',
      '200/300 bytes',
      '300/300 bytes',
    ])
  })

  test('lets a node that sees the very file read it there, and streams to all others', async () => {
    const seeing = {'demo-worker': '64768:12:100', 'demo-worker2': '64768:99:100'}
    const {context, imports} = world({'demo-worker': [], 'demo-worker2': [], 'demo-worker3': []}, {seeing})
    const seen = {folder: '/bundle', onNodes: '/k8s-local/bundle'}
    const artifacts = [bundled('k8s-local/probe:v1')]

    await importImages({type: 'import-images', artifacts, nodes: [...nodes, 'demo-worker3'], seen}, context)

    expect(imports?.toSorted()).toEqual([
      'demo-worker /k8s-local/bundle/probe.tar on the node',
      'demo-worker2 /bundle/probe.tar',
      'demo-worker3 /bundle/probe.tar',
    ])
  })

  test('begins with the next node when the one before has it, where it may do one at a time', async () => {
    const {context, imports} = world({'demo-worker': [], 'demo-worker2': []}, {broken: 'demo-worker'})
    const artifacts = [bundled('k8s-local/probe:v1')]

    await expect(importImages({type: 'import-images', artifacts, nodes, atOnce: 1}, context)).rejects.toThrow(
      'demo-worker',
    )

    expect(imports).toEqual([])
  })

  test('is already done when every node has every image', async () => {
    const {context, imports} = world({
      'demo-worker': ['docker.io/k8s-local/probe:v1'],
      'demo-worker2': ['docker.io/k8s-local/probe:v1'],
    })

    expect(
      await importImages({type: 'import-images', artifacts: [bundled('k8s-local/probe:v1')], nodes}, context),
    ).toEqual({already: true})
    expect(imports).toEqual([])
  })

  test('gives an image its name when the archive calls it otherwise', async () => {
    const {context, tagged} = world({'demo-worker': []}, {named: 'docker.io/other/name:v9'})

    await importImages(
      {type: 'import-images', artifacts: [bundled('k8s-local/probe:v1')], nodes: ['demo-worker']},
      context,
    )

    expect(tagged).toEqual(['demo-worker docker.io/other/name:v9 docker.io/k8s-local/probe:v1'])
  })

  test('names the node and gives ctr’s last words when one fails', async () => {
    const {context} = world({'demo-worker': [], 'demo-worker2': []}, {broken: 'demo-worker2'})

    await expect(
      importImages({type: 'import-images', artifacts: [bundled('k8s-local/probe:v1')], nodes}, context),
    ).rejects.toMatchObject({
      data: {
        name: 'image-import-failed',
        message: 'The image k8s-local/probe:v1 cannot be imported into node demo-worker2',
        cause: 'ctr: no space left on device',
      },
    })
  })
})

describe('import-images from the engine', () => {
  const pulledImage: Artifact = {
    ...bundled(`quay.io/cilium/cilium:v1@${digest}`),
    origin: {kind: 'online', source: 'x'},
  }

  test('reads the engine’s stream once for all nodes, by the name without digest', async () => {
    const {context, received, saved} = world({'demo-worker': [], 'demo-worker2': []})

    expect(await importImages({type: 'import-images', artifacts: [pulledImage], nodes}, context)).toEqual({
      already: false,
    })
    expect(saved).toEqual(['quay.io/cilium/cilium:v1'])
    expect(received).toEqual({'demo-worker': 30, 'demo-worker2': 30})
  })

  test('ends on the other nodes too when one fails', async () => {
    const {context} = world({'demo-worker': [], 'demo-worker2': []}, {broken: 'demo-worker'})

    await expect(importImages({type: 'import-images', artifacts: [pulledImage], nodes}, context)).rejects.toMatchObject(
      {
        data: {message: expect.stringContaining('demo-worker')},
      },
    )
  })
})

describe('pull-images', () => {
  test('gives a pulled image its tag, since a pull by digest gives none', async () => {
    const {context, engineImages, pulled} = world({})
    const artifacts = [image('quay.io/a:v1', digest), image('quay.io/b:v1')]

    expect(await pullImages({type: 'pull-images', artifacts}, context)).toEqual({already: false})
    expect(pulled).toEqual([`quay.io/a:v1@${digest}`, 'quay.io/b:v1'])
    expect([...engineImages.keys()]).toContain('quay.io/a:v1')
    expect(await pullImages({type: 'pull-images', artifacts}, context)).toEqual({already: true})
  })
})

describe('ensure-engine-image', () => {
  const node: Artifact = {...bundled('k8s-local/node:v1.34.4'), name: 'node', type: 'node-image', imageId: 'sha256:new'}

  test('loads the bundle’s image when the engine has another one under that tag', async () => {
    const {context, engineImages, loaded} = world({})
    engineImages.set('k8s-local/node:v1.34.4', 'sha256:old')

    expect(await ensureEngineImage({type: 'ensure-engine-image', artifact: node}, context)).toEqual({already: false})
    expect(loaded).toEqual(['/bundle/node.tar'])
  })

  test('finds its work done by the image’s id', async () => {
    const {context, engineImages, loaded} = world({})
    engineImages.set('k8s-local/node:v1.34.4', 'sha256:new')

    expect(await ensureEngineImage({type: 'ensure-engine-image', artifact: node}, context)).toEqual({already: true})
    expect(loaded).toEqual([])
  })

  test('pulls by digest, and tags', async () => {
    const {context, engineImages, pulled} = world({})
    const artifact: Artifact = {...image('kindest/node:v1.36.4', digest), name: 'node', type: 'node-image'}

    expect(await ensureEngineImage({type: 'ensure-engine-image', artifact}, context)).toEqual({already: false})
    expect(pulled).toEqual([`kindest/node:v1.36.4@${digest}`])
    expect(engineImages.has('kindest/node:v1.36.4')).toBe(true)
    expect(await ensureEngineImage({type: 'ensure-engine-image', artifact}, context)).toEqual({already: true})
  })
})

describe('fullName', () => {
  test.each([
    ['busybox', 'docker.io/library/busybox:latest'],
    ['k8s-local/probe:v1', 'docker.io/k8s-local/probe:v1'],
    ['quay.io/cilium/cilium:v1.15.19', 'quay.io/cilium/cilium:v1.15.19'],
    ['localhost/a', 'localhost/a:latest'],
    ['localhost:5000/a/b', 'localhost:5000/a/b:latest'],
  ])('%s is %s', (name, full) => {
    expect(fullName(name)).toBe(full)
  })
})

function bundled(reference: string): Artifact {
  const name = reference.includes('cilium') ? 'cilium' : 'probe'
  const file = `/bundle/${reference.includes('node') ? 'node' : name}.tar`
  return {
    name,
    type: 'image',
    version: 'v1',
    platform: 'linux/amd64',
    reference,
    size: 100,
    origin: {kind: 'bundle', file},
  }
}

function image(name: string, by?: string): Artifact {
  const reference = by ? `${name}@${by}` : name
  return {
    name: 'cilium',
    type: 'image',
    version: 'v1',
    platform: 'linux/amd64',
    reference,
    origin: {kind: 'online', source: reference},
  }
}

/** Nodes with images, whose `ctr` names an import as `named` says; an engine without images. */
function world(
  present: Readonly<Record<string, readonly string[]>>,
  {broken, named, seeing = {}}: {broken?: string; named?: string; seeing?: Readonly<Record<string, string>>} = {},
) {
  const images = new Map(Object.entries(present).map(([node, names]) => [node, new Set(names)]))
  const engineImages = new Map<string, string>()
  const [imports, tagged, saved, pulled, loaded]: string[][] = [[], [], [], [], []]
  const received: Record<string, number> = {}
  const files: Readonly<Record<string, string>> = {
    '/bundle/cilium.tar': 'quay.io/cilium/cilium:v1',
    '/bundle/probe.tar': 'docker.io/k8s-local/probe:v1',
  }
  const exec: NonNullable<FakeParts['engine']>['exec'] = async (node, argv, {stdin} = {}) => {
    const held = images.get(node) ?? new Set()
    if (argv[0] === 'stat') {
      const identity = seeing[node]
      return identity === undefined
        ? finished('', {exitCode: 1})
        : finished(
            argv
              .slice(3)
              .map((path) => `${path} ${identity}\n`)
              .join(''),
          )
    }
    if (argv.includes('ls')) return finished([...held].join('\n'))
    if (argv.includes('tag')) {
      tagged?.push(`${node} ${argv.slice(-2).join(' ')}`)
      return finished()
    }
    if (node === broken) return finished('', {exitCode: 1, stderr: 'ctr: no space left on device\n'})
    const path = argv.at(-1) ?? ''
    let name = 'quay.io/cilium/cilium:v1'
    if (path.startsWith('/')) {
      imports?.push(`${node} ${path} on the node`)
      name = files[path.replace('/k8s-local', '')] ?? ''
    }
    if (typeof stdin === 'object' && 'file' in stdin) {
      imports?.push(`${node} ${stdin.file}`)
      name = files[stdin.file] ?? ''
    } else if (typeof stdin === 'object') {
      for await (const chunk of stdin) received[node] = (received[node] ?? 0) + chunk.byteLength
    }
    held.add(named ?? name)
    return finished(`unpacking ${named ?? name} (sha256:12)...done\n`)
  }
  const context = fakeContext({
    engine: {
      exec,
      imageId: async (reference) => engineImages.get(reference),
      pull: async (reference) => {
        pulled?.push(reference)
        engineImages.set(reference, 'sha256:pulled')
      },
      tag: async (source, target) => void engineImages.set(target, engineImages.get(source) ?? ''),
      load: async (file) => {
        loaded?.push(file)
        engineImages.set('k8s-local/node:v1.34.4', 'sha256:new')
      },
      save: (references) => {
        saved?.push(...references)
        return (async function* () {
          for (let chunk = 0; chunk < 3; chunk += 1) yield new Uint8Array(10)
        })()
      },
    },
    files: {identity: async () => '64768:12:100'},
    downloads: {
      fetch: async (artifact) => ({file: artifact.origin.kind === 'bundle' ? artifact.origin.file : '', already: true}),
    },
  })
  return {context, images, engineImages, imports, tagged, saved, pulled, loaded, received}
}
