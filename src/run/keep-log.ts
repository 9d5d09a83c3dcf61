import {basename, dirname, join} from 'node:path'
import type {Drivers} from '../drivers/ports.ts'
import type {ProblemData} from '../problem.ts'

/** A failure's log lies in the cluster's folder, which the clean-up removes: keeps a copy beside it, and points there. */
export async function keepLog(
  problem: ProblemData,
  cluster: string,
  {files, journal}: Pick<Drivers, 'files' | 'journal'>,
): Promise<ProblemData> {
  const {log} = problem
  if (log === undefined || dirname(log) !== dirname(journal.file(cluster, 'log'))) return problem
  const copy = join(files.paths.state, 'logs', `${cluster}-${basename(log)}`)
  try {
    const text = await files.read(log)
    if (text === undefined) return problem
    await files.write(copy, text, 0o600)
    return {...problem, log: copy}
  } catch {
    return problem
  }
}
