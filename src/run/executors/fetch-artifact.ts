import {artifactFile} from '../artifact-file.ts'
import type {Executor} from '../executor.ts'

/** The verified file of the artifact lies on this machine. */
export const fetchArtifact: Executor<'fetch-artifact'> = async ({artifact}, context) => {
  const {already} = await artifactFile(artifact, context)
  return {already}
}
