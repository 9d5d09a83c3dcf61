import {constants, createReadStream} from 'node:fs'
import {access, stat} from 'node:fs/promises'
import {join} from 'node:path'
import {Problem} from '../../problem.ts'
import type {ArtifactFrom, DownloadContext, Fetched, FetchOptions} from '../downloads.ts'
import {writeAtomically} from '../files/atomic-write.ts'
import {sha256Of} from '../files/sha256.ts'
import {artifactCorrupt} from './download-problem.ts'
import {fingerprintOf, isVerified, rememberVerified} from './verified.ts'

/**
 * The file of a bundle, used where it lies. `already`: it was verified before and has not been touched since. A program that may
 * not be executed (a bundle on a file system without such bits) is copied into the cache. Throws bundle-incomplete, artifact-corrupt.
 */
export async function fetchFromBundle(
  {cache}: DownloadContext,
  artifact: ArtifactFrom<'bundle'>,
  {signal}: FetchOptions,
): Promise<Fetched> {
  const {file} = artifact.origin
  const already = await verify(cache, artifact, file, signal)
  if (artifact.type !== 'program' || (await isExecutable(file))) return {file, already}
  const copy = join(cache, 'artifacts', `${artifact.sha256 ?? artifact.version}-${artifact.name}`)
  if (await isExecutable(copy)) return {file: copy, already}
  await writeAtomically(
    copy,
    async (handle) => {
      for await (const part of createReadStream(file)) await handle.writeFile(part as Uint8Array)
    },
    {mode: 0o755},
  )
  return {file: copy, already: false}
}

async function verify(
  cache: string,
  artifact: ArtifactFrom<'bundle'>,
  file: string,
  signal: AbortSignal,
): Promise<boolean> {
  const seen = await stat(file, {bigint: true}).catch((error: unknown) => missing(artifact, error))
  const {sha256, size} = artifact
  if (sha256 === undefined) return true
  const fingerprint = fingerprintOf(file, seen)
  if (await isVerified(cache, fingerprint, sha256)) return true
  if (size !== undefined && BigInt(size) !== seen.size)
    throw artifactCorrupt(artifact, `${file}: ${seen.size} bytes instead of ${size}`, 'not looked at')
  const hash = await sha256Of(file, signal).catch((error: unknown) => {
    if (signal.aborted) throw new Problem('interrupted', {message: `Interrupted while ${file} was verified`})
    throw error
  })
  if (hash !== sha256) throw artifactCorrupt(artifact, file, hash)
  await rememberVerified(cache, fingerprint, sha256)
  return false
}

function missing({name, origin}: ArtifactFrom<'bundle'>, error: unknown): never {
  throw new Problem('bundle-incomplete', {
    message: `The bundle names a file for ${name} that is not there`,
    cause: error instanceof Error ? error.message : origin.file,
    suggestions: ['Copy or build the bundle again'],
  })
}

function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  )
}
