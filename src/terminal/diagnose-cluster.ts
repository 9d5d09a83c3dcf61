import type {Diagnosis} from '../diagnosis/diagnosis.ts'
import {diagnosisFolder} from '../diagnosis/diagnosis-folder.ts'
import {Problem} from '../problem.ts'
import type {RawInput} from '../spec/field.ts'
import {findTarget} from './target.ts'
import type {World} from './world-command.ts'

/** Collects a diagnosis of the cluster that was named, into a new folder below the directory. @throws what finding it and collecting throw */
export async function diagnoseCluster(directory: string, said: RawInput, world: World): Promise<Diagnosis> {
  const {drivers, signal} = world
  const [{cluster, target}, {collectDiagnosis}, {makeRunId}] = await Promise.all([
    findTarget(said, world),
    import('../run/diagnosis/collect.ts'),
    import('../run/run-id.ts'),
  ])
  return collectDiagnosis(
    {cluster, folder: diagnosisFolder(directory, {cluster, runId: makeRunId()})},
    {drivers, signal, kubernetes: () => drivers.kubernetes(target.kubeconfig, target.context)},
  )
}

/** The work; where it fails because the API does not answer or refuses, no plan can be made, and a diagnosis is collected here, if one is wanted. */
export async function orDiagnose<T>(
  work: () => Promise<T>,
  {directory, said}: {readonly directory: string | undefined; readonly said: RawInput},
  world: World,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (directory === undefined || !(error instanceof Problem) || error.exit !== 'unreachable') throw error
    // What is told is why it failed, whatever becomes of the diagnosis.
    const made = await diagnoseCluster(directory, said, world).catch(() => undefined)
    if (!made) throw error
    const suggestions = [...error.data.suggestions, `Read the diagnosis: ${made.folder}/README.md`]
    throw new Problem(error.data.name, {...error.data, suggestions})
  }
}
