import {join} from 'node:path'
import type {Drivers} from '../../drivers/ports.ts'
import {type Artifact, imageName} from '../../steps/artifact.ts'
import {inParallel} from '../in-parallel.ts'
import {pathPrograms} from './path-programs.ts'
import {readBundle} from './read-bundle.ts'
import {readLock} from './read-lock.ts'

export interface ArtifactsOptions {
  /** Absolute path of an offline bundle; absent: online. */
  readonly bundle: string | undefined
  /** `os/arch` of the nodes. */
  readonly node: string
  /** Whether kind and helm on PATH are of interest: looking at them takes a process each. */
  readonly programs: boolean
  readonly signal?: AbortSignal | undefined
}

export interface ObservedArtifacts {
  readonly artifacts: readonly Artifact[]
  readonly source: 'online' | 'bundle'
}

/** Every artifact that can be had, best first. Throws bundle-invalid, bundle-incomplete, and what the engine driver throws. */
export async function observeArtifacts(options: ArtifactsOptions, drivers: Drivers): Promise<ObservedArtifacts> {
  if (options.bundle === undefined) return {source: 'online', artifacts: await online(options, drivers)}
  return {source: 'bundle', artifacts: await bundled(options.bundle, options, drivers)}
}

/** Programs on PATH come first, where they are new enough; then what the lock pins. */
async function online({node, programs: wanted}: ArtifactsOptions, drivers: Drivers): Promise<readonly Artifact[]> {
  const [programs, lock] = await Promise.all([wanted ? pathPrograms(drivers) : [], lockText(drivers)])
  const kind = programs.find(({name}) => name === 'kind')?.version
  return [...programs, ...readLock(lock, {host: hostPlatform(drivers), node, ...(kind !== undefined && {kind})})]
}

/** The bundle; then what it does not hold and is here all the same: programs on PATH, images in the engine, files in the cache. */
async function bundled(
  folder: string,
  {node, programs: wanted, signal}: ArtifactsOptions,
  drivers: Drivers,
): Promise<readonly Artifact[]> {
  const host = hostPlatform(drivers)
  const all = await readBundle({folder, platform: node, files: drivers.files})
  // A bundle for the nodes of another platform (an engine in a virtual machine) holds programs that do not run here.
  const held = all.filter(({type}) => type !== 'program' || host === node)
  const names = new Set(held.map(({name}) => name))
  const others = readLock(await lockText(drivers), {host, node}).filter(({name}) => !names.has(name))
  const [programs, images, cached] = await Promise.all([
    wanted && !(names.has('kind') && names.has('helm')) ? pathPrograms(drivers) : [],
    imagesOfEngine(others, drivers, signal),
    inCache(others, drivers),
  ])
  return [...held, ...programs.filter(({name}) => !names.has(name)), ...images, ...cached]
}

async function imagesOfEngine(
  lock: readonly Artifact[],
  {engine}: Drivers,
  signal: AbortSignal | undefined,
): Promise<readonly Artifact[]> {
  const images = lock.filter(({type}) => type === 'image')
  const found = await inParallel(images, async (image): Promise<Artifact | undefined> => {
    const id = await engine.imageId(imageName(image), signal)
    return id === undefined ? undefined : {...image, reference: imageName(image), origin: {kind: 'engine'}}
  })
  return found.filter((image) => image !== undefined)
}

/** Files that an earlier run has downloaded: they are kept under their checksum. */
async function inCache(lock: readonly Artifact[], {files}: Drivers): Promise<readonly Artifact[]> {
  const cached = await files.list(join(files.paths.cache, 'artifacts'))
  return lock.filter(({sha256}) => sha256 !== undefined && cached.some((name) => name.startsWith(sha256)))
}

async function lockText({files}: Drivers): Promise<string> {
  const file = join(files.paths.packageRoot, 'manifests', 'lock.yaml')
  const text = await files.read(file)
  if (text === undefined) throw new Error(`${file} is missing: the package is damaged`)
  return text
}

function hostPlatform({host}: Pick<Drivers, 'host'>): string {
  const {os, arch} = host.platform()
  return `${os}/${arch}`
}
