import {createHash} from 'node:crypto'
import {mkdir, readdir, rm, stat} from 'node:fs/promises'
import {basename, join} from 'node:path'
import {Problem} from '../../problem.ts'
import type {ArtifactFrom, DownloadContext, Fetched, FetchOptions} from '../downloads.ts'
import {temporarySuffix, writeAtomically} from '../files/atomic-write.ts'
import {walkTgz} from '../files/untar.ts'
import {artifactCorrupt} from './download-problem.ts'
import {downloadInto} from './download.ts'

type Online = ArtifactFrom<'online'>

/** The file in the cache, downloaded if it is not there. What lies in the cache was verified before it got its name. */
export async function fetchOnline(context: DownloadContext, artifact: Online, options: FetchOptions): Promise<Fetched> {
  const folder = join(context.cache, 'artifacts')
  const {member} = artifact.origin
  const file = join(folder, `${keyOf(artifact)}-${basename(member ?? new URL(artifact.origin.source).pathname)}`)
  if (
    await stat(file).then(
      (found) => found.isFile(),
      () => false,
    )
  )
    return {file, already: true}
  await sweep(folder)
  if (member === undefined) await store(context, artifact, file, options)
  else {
    const archive = `${file}.tgz`
    await store(context, artifact, archive, options)
    try {
      await unpack(artifact, archive, member, file)
    } finally {
      await rm(archive, {force: true})
    }
  }
  return {file, already: false}
}

async function store(context: DownloadContext, artifact: Online, file: string, options: FetchOptions): Promise<void> {
  const mode = artifact.type === 'program' ? 0o755 : 0o644
  await writeAtomically(
    file,
    async (handle) => {
      const hash = await downloadInto(handle, context, artifact, options)
      if (artifact.sha256 !== undefined && hash !== artifact.sha256)
        throw artifactCorrupt(artifact, artifact.origin.source, hash)
    },
    {mode},
  )
}

async function unpack(artifact: Online, archive: string, member: string, file: string): Promise<void> {
  const found = await walkTgz(archive, async ({name, body}) => {
    if (name !== member) return false
    await writeAtomically(
      file,
      async (handle) => {
        for await (const part of body) await handle.writeFile(part)
      },
      {mode: 0o755},
    )
    return true
  })
  if (!found)
    throw new Problem('artifact-corrupt', {
      message: `The archive of ${artifact.name} ${artifact.version} does not hold ${member}`,
      cause: artifact.origin.source,
    })
}

/** Without a checksum to go by, the address is the identity. */
function keyOf({sha256, origin}: Online): string {
  return sha256 ?? `unverified-${createHash('sha256').update(origin.source).digest('hex').slice(0, 32)}`
}

/** Removes parts that a killed run left behind; those of a day's age belong to nobody any more. */
async function sweep(folder: string): Promise<void> {
  await mkdir(folder, {recursive: true}).catch(() => undefined)
  const yesterday = Date.now() - 24 * 3600 * 1000
  for (const name of await readdir(folder).catch(() => [])) {
    if (!name.endsWith(temporarySuffix)) continue
    const seen = await stat(join(folder, name)).catch(() => undefined)
    if (seen && seen.mtimeMs < yesterday) await rm(join(folder, name), {force: true})
  }
}
