import {join} from 'node:path'
import type {Drivers} from '../../drivers/ports.ts'
import {Problem} from '../../problem.ts'
import type {Artifact} from '../../steps/artifact.ts'
import {artifactFile} from '../artifact-file.ts'
import {observeArtifacts} from '../artifact-index/observe-artifacts.ts'
import {readBundle} from '../artifact-index/read-bundle.ts'

/** Seconds to unpack the archive. */
const unpackSeconds = 60

/** Folder with the CNI plugins of the lock, or of the bundle (absolute path), on this machine: verified, unpacked once into the cache. Throws artifact-unavailable, download-failed, artifact-corrupt, bundle-invalid. */
export async function hostPlugins(
  {bundle, signal}: {readonly bundle: string | undefined; readonly signal: AbortSignal},
  drivers: Drivers,
): Promise<string> {
  const artifact = (await findArtifacts(bundle, drivers)).find(({name}) => name === 'cni-plugins')
  if (!artifact) {
    throw new Problem('artifact-unavailable', {
      message: `There are no CNI plugins for ${drivers.host.platform().os}/${drivers.host.platform().arch}`,
      suggestions: ['Rehearse on the nodes of a cluster: leave --host out'],
    })
  }
  // Archives of the lock and of a bundle have checksums.
  const folder = join(drivers.files.paths.cache, 'cni-plugins', `${artifact.version}-${artifact.sha256?.slice(0, 12)}`)
  if ((await drivers.files.list(folder)).length > 0) return folder
  const {file} = await artifactFile(artifact, {drivers, signal, progress: () => undefined})
  await unpack(file, folder, {drivers, signal})
  return folder
}

async function findArtifacts(bundle: string | undefined, drivers: Drivers): Promise<readonly Artifact[]> {
  const platform = `linux/${drivers.host.platform().arch}`
  if (bundle !== undefined) return await readBundle({folder: bundle, platform, files: drivers.files})
  return (await observeArtifacts({bundle, node: platform, programs: false}, drivers)).artifacts
}

/** Beside it first, then a rename: the folder is there whole or not at all. */
async function unpack(
  file: string,
  folder: string,
  {drivers: {process, files}, signal}: {readonly drivers: Drivers; readonly signal: AbortSignal},
): Promise<void> {
  const partial = `${folder}.partial`
  const options = {signal, timeoutSeconds: unpackSeconds}
  await files.remove(partial)
  await process.must(['mkdir', '-p', partial], options)
  await process.must(['tar', '-xzf', file, '-C', partial, '--no-same-owner'], options)
  await process.must(['mv', '-T', partial, folder], options)
}
