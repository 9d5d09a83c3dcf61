import {join} from 'node:path'
import type {Drivers} from '../../drivers/ports.ts'
import type {CachedFile, CachedImage, CacheFacts} from '../../plan/cache/cache-facts.ts'
import {warmBuildLabel, warmLabels} from '../../steps/warm-image.ts'
import {buildLock, isBuildContainer} from './build-names.ts'

type CacheDrivers = Pick<Drivers, 'engine' | 'files' | 'journal'>

/** All that is kept on this machine to be faster the next time; changes nothing. Throws what the engine driver throws. */
export async function observeCache(drivers: CacheDrivers, signal?: AbortSignal): Promise<CacheFacts> {
  const [warmImages, files, leftBuilds] = await Promise.all([
    cachedImages(drivers, signal),
    cachedFiles(drivers),
    buildsLeft(drivers, signal),
  ])
  return {warmImages, files, leftBuilds}
}

/** Only those that carry our label: a name can be given to anything. */
async function cachedImages({engine}: CacheDrivers, signal?: AbortSignal): Promise<readonly CachedImage[]> {
  const [images, containers] = await Promise.all([
    engine.images([`label=${warmLabels.hash}`], signal),
    engine.containers('io.x-k8s.kind.cluster', signal),
  ])
  return images.map(({id, references, labels, size, created}) => {
    const nodes = containers.filter(({image}) => image === id)
    const usedBy = [...new Set(nodes.map((node) => node.labels['io.x-k8s.kind.cluster'] ?? node.name))]
    return {id, references, labels, size, created, usedBy}
  })
}

async function cachedFiles({files}: CacheDrivers): Promise<readonly CachedFile[]> {
  const folder = join(files.paths.cache, 'artifacts')
  const names = await files.list(folder)
  return await Promise.all(
    names.map(async (name) => {
      const file = join(folder, name)
      const [, , bytes = '0'] = (await files.identity(file)).split(':')
      return {file, bytes: Number(bytes)}
    }),
  )
}

/** Containers of builds of this user that nobody works on any more. */
export async function buildsLeft(
  {engine, journal, files}: CacheDrivers,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const found = await engine.containers(`${warmBuildLabel}=${files.paths.state}`, signal)
  const names = found.map(({name}) => name).filter(isBuildContainer)
  const holders = await Promise.all(names.map((name) => journal.holder(buildLock(name))))
  return names.filter((_, index) => holders[index] === undefined)
}
