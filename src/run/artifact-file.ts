import {Problem} from '../problem.ts'
import type {Artifact} from '../steps/artifact.ts'
import type {StepContext} from './executor.ts'

/** The verified local file of an artifact (absolute path), and whether it was there already. Progress is told in bytes. */
export async function artifactFile(
  artifact: Artifact,
  {drivers, signal, progress}: Pick<StepContext, 'drivers' | 'signal' | 'progress'>,
): Promise<{readonly file: string; readonly already: boolean}> {
  if (artifact.origin.kind === 'path') return {file: artifact.origin.file, already: true}
  if (artifact.origin.kind === 'engine') {
    throw new Problem('artifact-unavailable', {
      message: `${artifact.name} lies in the container engine and has no file of its own`,
    })
  }
  return await drivers.downloads.fetch(artifact, {signal, onBytes: (done, total) => progress(done, total, 'bytes')})
}
