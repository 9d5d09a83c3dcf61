import {describe, expect, test} from 'vitest'
import {clearCache} from '../../src/plan/cache/clear-cache.ts'
import type {CachedImage} from '../../src/plan/cache/cache-facts.ts'
import {createCluster} from '../../src/plan/create-cluster.ts'
import type {Facts, WarmImageFacts} from '../../src/plan/facts.ts'
import {warmNodeImage} from '../../src/plan/warm/warm-node-image.ts'
import {type WarmSet, warmSetOf} from '../../src/plan/warm/warm-set.ts'
import {sha256} from '../../src/sha256.ts'
import type {ClusterSpec} from '../../src/spec/cluster-spec.ts'
import type {Artifact, ArtifactName} from '../../src/steps/artifact.ts'
import type {Plan} from '../../src/steps/step.ts'
import {warmLabels} from '../../src/steps/warm-image.ts'
import {bundleArtifacts, givenCluster, givenFacts, givenSpec, onlineArtifacts} from './given.ts'
import {planText} from './plan-text.ts'
import {problemOf} from './problem-of.ts'

/** A bundle whose files have checksums, as every real one. */
const pinnedBundle: readonly Artifact[] = bundleArtifacts.map((artifact) => ({
  ...artifact,
  sha256: sha256(artifact.name),
  size: 10_000_000,
}))

function setOf(spec: Partial<ClusterSpec> = {}, artifacts = pinnedBundle): WarmSet {
  const {cni, multus} = givenSpec(spec)
  const set = warmSetOf({cni, multus, artifacts: Object.fromEntries(artifacts.map((one) => [one.name, one]))})
  if (!set) throw new Error('there is no set')
  return set
}

/** The image as the engine shows it, with other labels where a test says so. */
function held({image}: WarmSet, labels: Readonly<Record<string, string>> = {}): WarmImageFacts {
  const own = {[warmLabels.hash]: image.hash, [warmLabels.contents]: image.contents}
  return {id: `sha256:${'e'.repeat(64)}`, references: [image.reference], labels: {...own, ...labels}, size: 1.9e9}
}

/** The row of a bundle that carries the image of this set. */
function carried({image, node}: WarmSet, other: Partial<Artifact> = {}): Artifact {
  return {
    ...node,
    name: 'warm-node',
    reference: image.reference,
    contentsHash: image.hash,
    sha256: sha256('the file'),
    size: 1.9e9,
    origin: {kind: 'bundle', file: '/bundle/warm-node.tar'},
    ...other,
  }
}

const carryingFacts = (rows: readonly Artifact[], other: Partial<Facts> = {}) =>
  givenFacts({artifacts: [...pinnedBundle, ...rows], bundle: '/bundle', ...other})

const warmFacts = (other: Partial<Facts> = {}) =>
  givenFacts({artifacts: pinnedBundle, warmImages: [held(setOf())], ...other})

function create(facts: Facts, input: {readonly warm?: 'use' | 'never'; readonly verify?: boolean} = {}): Plan {
  return createCluster({spec: givenSpec(), verify: false, keepOnFailure: false, ...input}, facts)
}

const typesOf = (plan: Plan) => new Set(plan.steps.map(({action}) => action.type))

describe('the name of a warm node image', () => {
  const changed = (name: ArtifactName, other: Partial<Artifact>) =>
    setOf(
      {},
      pinnedBundle.map((one) => (one.name === name ? {...one, ...other} : one)),
    ).image.reference

  test('is the same for the same artifacts, wherever they lie and however large they are said to be', () => {
    const {reference} = setOf().image

    expect(reference).toMatch(/^k8s-local\/warm-node:v1\.34\.4-[0-9a-f]{16}$/)
    expect(changed('cilium', {origin: {kind: 'bundle', file: '/elsewhere/cilium.tar'}, size: 1})).toBe(reference)
    expect(changed('kind', {sha256: 'a'.repeat(64)})).toBe(reference)
  })

  test.each(['node', 'cilium', 'cilium-operator', 'multus-thin', 'whereabouts', 'probe', 'cni-plugins'] as const)(
    'changes with the checksum of %s',
    (name) => {
      expect(changed(name, {sha256: 'a'.repeat(64)})).not.toBe(setOf().image.reference)
    },
  )

  test('changes with the name that an image has on the nodes, and with what goes in', () => {
    expect(changed('probe', {reference: 'k8s-local/probe:v2'})).not.toBe(setOf().image.reference)
    expect(
      new Set(
        [setOf(), setOf({multus: 'thick'}), setOf({cni: 'calico'}), setOf({multus: 'none'})].map(
          ({image}) => image.hash,
        ),
      ).size,
    ).toBe(4)
  })
})

describe('what goes into a warm node image', () => {
  test('is what the nodes of such a cluster hold, and without Multus nothing of it', () => {
    expect(setOf({multus: 'thick'}).images.map(({name}) => name)).toEqual([
      'cilium',
      'cilium-operator',
      'multus-thick',
      'whereabouts',
      'probe',
    ])
    expect(setOf().plugins?.name).toBe('cni-plugins')
    expect(setOf({multus: 'none'}).images.map(({name}) => name)).toEqual(['cilium', 'cilium-operator', 'probe'])
    expect(setOf({multus: 'none'}).plugins).toBeUndefined()
  })

  test('is never what a tag alone tells, for that can be moved', () => {
    const {sha256: _, ...unpinned} = pinnedBundle.find(({name}) => name === 'multus-thin') as Artifact
    const others = pinnedBundle.filter(({name}) => name !== 'multus-thin')
    const facts = givenFacts({artifacts: [...others, unpinned]})
    const {images, leftOut} = setOf({}, [...others, unpinned])

    expect(images.map(({name}) => name)).not.toContain('multus-thin')
    expect(leftOut.map(({name}) => name)).toEqual(['multus-thin'])
    expect(warmNodeImage({spec: givenSpec()}, facts).notes?.join()).toMatch(/multus-thin v4.3.0 is left out/)
  })

  test('is what the engine holds under a name no more than by its digest', () => {
    const inEngine = {
      ...(pinnedBundle.find(({name}) => name === 'probe') as Artifact),
      origin: {kind: 'engine'} as const,
    }

    expect(setOf({}, [...pinnedBundle.filter(({name}) => name !== 'probe'), inEngine]).leftOut).toEqual([inEngine])
  })
})

describe('the plan of warm', () => {
  test('from a bundle', async () => {
    const plan = warmNodeImage({spec: givenSpec()}, givenFacts({artifacts: pinnedBundle}))

    await expect(planText(plan)).toMatchFileSnapshot('../golden/plans/warm.txt')
  })

  test('from registries pulls first what has a digest', async () => {
    const pinned = onlineArtifacts().map((one) =>
      one.type === 'image' ? {...one, reference: `${one.reference}@sha256:${sha256(one.name)}`} : one,
    )
    const plan = warmNodeImage({spec: givenSpec()}, givenFacts({source: 'online', artifacts: pinned}))

    await expect(planText(plan)).toMatchFileSnapshot('../golden/plans/warm-online.txt')
  })

  test('has nothing to do where the image is, and makes anew one that does not say what its name does', () => {
    const plan = (warmImages: Facts['warmImages']) => warmNodeImage({spec: givenSpec()}, warmFacts({warmImages}))

    expect(plan([held(setOf())]).steps).toEqual([])
    expect(plan([held(setOf(), {[warmLabels.contents]: '{}'})]).steps.map(({id}) => id)).toContain('warm-image')
  })

  test('is refused where the disk is short, with what is needed; not where the image is there', () => {
    const poor = {artifacts: pinnedBundle, diskFree: 100_000_000}

    const problem = problemOf(() => warmNodeImage({spec: givenSpec()}, givenFacts(poor)))

    expect(problem).toMatchObject({name: 'disk-full'})
    expect(problem.message).toMatch(/GiB are needed in \/var\/lib\/docker/)
    expect(warmNodeImage({spec: givenSpec()}, warmFacts(poor)).steps).toEqual([])
  })

  test('is refused where nothing has a digest, and where artifacts are missing', () => {
    expect(problemOf(() => warmNodeImage({spec: givenSpec()}, givenFacts())).name).toBe('artifact-unavailable')
    expect(problemOf(() => warmNodeImage({spec: givenSpec()}, givenFacts({artifacts: []}))).name).toBe(
      'bundle-incomplete',
    )
  })
})

describe('create with a warm node image', () => {
  test('imports nothing and copies no plugins', async () => {
    const plan = create(warmFacts(), {verify: true})

    await expect(planText(plan)).toMatchFileSnapshot('../golden/plans/create-warm.txt')
    for (const type of ['import-images', 'pull-images', 'copy-cni-plugins'] as const)
      expect(typesOf(plan)).not.toContain(type)
    const images = plan.steps.flatMap(({action}) => (action.type === 'create-kind-cluster' ? [action.image] : []))
    expect(images).toEqual([setOf().image.reference])
  })

  test('still imports what is not in it', () => {
    const {sha256: _, ...unpinned} = pinnedBundle.find(({name}) => name === 'multus-thin') as Artifact
    const artifacts = [...pinnedBundle.filter(({name}) => name !== 'multus-thin'), unpinned]

    const plan = create(givenFacts({artifacts, warmImages: [held(setOf({}, artifacts))]}))

    const imported = plan.steps.flatMap(({action}) => (action.type === 'import-images' ? action.artifacts : []))
    expect(imported.map(({name}) => name)).toEqual(['multus-thin'])
  })

  test('does not use one of other artifacts, one by its name alone, or any when told so', () => {
    const others = [
      create(warmFacts({warmImages: [held(setOf({multus: 'thick'}))]})),
      create(warmFacts({warmImages: [held(setOf(), {[warmLabels.hash]: 'f'.repeat(64)})]})),
      create(warmFacts(), {warm: 'never'}),
    ]

    for (const plan of others) expect(typesOf(plan)).toContain('import-images')
    expect(others[1]?.notes?.join()).toMatch(/is not used: its labels do not say.*k8s-local warm/)
    expect(others[2]?.notes).toEqual([])
  })

  test('looks at the nodes of a cluster that runs, whatever they were made from', () => {
    const plan = create(
      warmFacts({
        clusters: [givenCluster()],
        engineNetworks: [
          {
            name: 'dev-data',
            subnets: ['172.30.0.0/24'],
            labels: {'k8s-local.dev/cluster': 'dev', 'k8s-local.dev/network': 'data'},
          },
        ],
      }),
    )

    expect(typesOf(plan)).toContain('import-images')
  })
})

describe('create from a bundle that carries the warm image', () => {
  const loads = (plan: Plan) =>
    plan.steps.flatMap(({action}) => (action.type === 'ensure-engine-image' && action.warm ? [action] : []))

  test('loads it and imports nothing', async () => {
    const plan = create(carryingFacts([carried(setOf())]), {verify: true})

    await expect(planText(plan)).toMatchFileSnapshot('../golden/plans/create-warm-carried.txt')
    for (const type of ['import-images', 'copy-cni-plugins'] as const) expect(typesOf(plan)).not.toContain(type)
    expect(loads(plan)).toEqual([{type: 'ensure-engine-image', artifact: carried(setOf()), warm: setOf().image}])
    expect(plan.steps.flatMap(({action}) => (action.type === 'create-kind-cluster' ? [action.image] : []))).toEqual([
      setOf().image.reference,
    ])
  })

  test('takes the one of the engine first, and the bundle’s where that of the engine says something else', () => {
    const rows = [carried(setOf())]
    const untrue = held(setOf(), {[warmLabels.hash]: 'f'.repeat(64)})

    expect(loads(create(carryingFacts(rows, {warmImages: [held(setOf())]})))).toEqual([])
    expect(loads(create(carryingFacts(rows, {warmImages: [untrue]})))).toHaveLength(1)
  })

  test('does not load one of other contents, and says what saves the right one; nor any when told so', () => {
    const others = [
      create(carryingFacts([carried(setOf({multus: 'thick'}))])),
      create(carryingFacts([carried(setOf(), {contentsHash: 'f'.repeat(64)})])),
      create(carryingFacts([carried(setOf())]), {warm: 'never'}),
    ]

    for (const plan of others) {
      expect(loads(plan)).toEqual([])
      expect(typesOf(plan)).toContain('import-images')
    }
    expect(others[0]?.notes?.join()).toMatch(/carries no warm image of these artifacts.*--into-bundle/)
    expect(others[2]?.notes).toEqual([])
  })

  test('takes the room that it needs in the engine into account', () => {
    const facts = carryingFacts([carried(setOf(), {size: 10e12})], {diskFree: 9e12})

    expect(problemOf(() => create(facts))).toMatchObject({name: 'disk-full'})
    expect(typesOf(create(facts, {warm: 'never'}))).toContain('import-images')
  })
})

describe('the plan of warm --into-bundle', () => {
  const into = (facts: Facts) => warmNodeImage({spec: givenSpec(), into: '/bundle'}, facts)

  test('builds the image and then saves it', async () => {
    await expect(planText(into(carryingFacts([])))).toMatchFileSnapshot('../golden/plans/warm-into-bundle.txt')
  })

  test('only saves one that the engine has, and does nothing where the bundle carries it', () => {
    const saving = into(carryingFacts([], {warmImages: [held(setOf())]}))
    const there = into(carryingFacts([carried(setOf())]))

    expect(saving.steps.map(({action}) => action.type)).toEqual(['save-warm-image'])
    expect(there.steps).toEqual([])
    expect(there.notes?.join()).toBe(`${setOf().image.reference} is in the bundle`)
  })

  test('keeps images of other modes of this bundle, and knows those of other artifacts', () => {
    const [action] = into(carryingFacts([], {warmImages: [held(setOf())]})).steps.map((step) => step.action)
    if (action?.type !== 'save-warm-image') throw new Error('nothing is saved')
    const newer = pinnedBundle.map((one) => (one.name === 'cilium' ? {...one, sha256: 'a'.repeat(64)} : one))

    for (const mode of [setOf(), setOf({multus: 'thick'}), setOf({multus: 'none'}), setOf({cni: 'calico'})])
      expect(action.fitting).toContain(mode.image.hash)
    expect(action.fitting).not.toContain(setOf({}, newer).image.hash)
  })

  test('without it warm loads the one that the bundle carries, which nobody has to build', () => {
    const plan = warmNodeImage({spec: givenSpec()}, carryingFacts([carried(setOf())]))

    expect(plan.steps.map(({title}) => title)).toEqual(['Load the warm node image of Kubernetes v1.34.4'])
  })
})

describe('clearing the cache', () => {
  const cached = (other: Partial<CachedImage> = {}): CachedImage => ({
    ...held(setOf()),
    created: '2026-01-01T00:00:00Z',
    usedBy: [],
    ...other,
  })
  const files = [{file: '/cache/artifacts/ab-kind', bytes: 10}]
  const nameless = cached({id: 'sha256:lost', references: []})
  const removed = (plan: Plan) =>
    plan.steps.flatMap(({action}) => {
      if (action.type === 'remove-warm-images') return action.images
      return action.type === 'delete-cached-files' ? action.files : []
    })

  test('removes images and downloads, by part where that is asked for', () => {
    const facts = {warmImages: [cached(), nameless], files, leftBuilds: []}
    const {reference} = setOf().image

    expect(removed(clearCache({part: 'all'}, facts))).toEqual([reference, 'sha256:lost', '/cache/artifacts/ab-kind'])
    expect(removed(clearCache({part: 'warm'}, facts))).toEqual([reference, 'sha256:lost'])
    expect(removed(clearCache({part: 'downloads'}, facts))).toEqual(['/cache/artifacts/ab-kind'])
  })

  test('keeps what the nodes of a cluster were made from, and says whose', () => {
    const plan = clearCache({part: 'all'}, {warmImages: [cached({usedBy: ['lab']})], files: [], leftBuilds: []})

    expect(plan.steps).toEqual([])
    expect(plan.notes?.join()).toMatch(/warm-node.* stays: the nodes of lab were made from it/)
  })

  test('takes away what a build that was killed has left', () => {
    const plan = clearCache({part: 'warm'}, {warmImages: [], files, leftBuilds: ['k8s-local-warm-x']})

    expect(plan.steps.map(({action}) => action.type)).toEqual(['remove-warm-images'])
  })
})
