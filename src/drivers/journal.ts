import {readdir, readFile, rm} from 'node:fs/promises'
import {join} from 'node:path'
import {Problem} from '../problem.ts'
import type {ClusterRecord} from '../steps/action.ts'
import {writeAtomically} from './files/atomic-write.ts'
import {codeOf, toFileProblem} from './files/file-problem.ts'
import {lockHolder, tryLock} from './locks/lock-file.ts'
import type {JournalDriver, JournalEntry} from './ports.ts'

/** Keeps one folder per cluster below `<state>/clusters`. Locks lie beside it, for they outlive the folder when a cluster is deleted. */
export function createJournal(state: string): JournalDriver {
  const folder = (cluster: string): string => join(state, 'clusters', cluster)
  const journal = (cluster: string): string => join(folder(cluster), 'cluster.json')
  const lock = (cluster: string): string => join(state, 'locks', `${cluster}.lock`)
  const read = async (cluster: string): Promise<JournalEntry | undefined> => await readEntry(journal(cluster))
  const write = (cluster: string, entry: JournalEntry): Promise<void> => {
    const text = `${JSON.stringify(entry, undefined, 2)}\n`
    return writeAtomically(journal(cluster), (handle) => handle.writeFile(text), {mode: 0o600})
  }
  const begun = async (cluster: string): Promise<JournalEntry> => {
    const entry = await read(cluster)
    if (!entry) throw new Error(`no journal was begun for the cluster ${cluster}`)
    return entry
  }
  return {
    read,
    list: async () => {
      const entries = await readdir(join(state, 'clusters'), {withFileTypes: true}).catch(whenMissing([]))
      return entries
        .filter((entry) => entry.isDirectory())
        .map(({name}) => name)
        .toSorted()
    },
    begin: async (cluster, record) => {
      const known = await read(cluster)
      await write(cluster, {record, phase: 'creating', kubeconfigs: known?.kubeconfigs ?? []})
    },
    mark: async (cluster, phase) => write(cluster, {...(await begun(cluster)), phase}),
    noteKubeconfig: async (cluster, file) => {
      const entry = await begun(cluster)
      if (entry.kubeconfigs.includes(file)) return
      await write(cluster, {...entry, kubeconfigs: [...entry.kubeconfigs, file]})
    },
    forget: async (cluster) => {
      await rm(folder(cluster), {recursive: true, force: true}).catch((error: unknown) => {
        throw toFileProblem(error, folder(cluster))
      })
    },
    file: (cluster, name) => join(folder(cluster), name),
    lock: (cluster) => lockCluster(cluster, lock(cluster)),
    holder: (cluster) => lockHolder(lock(cluster)),
  }
}

/** A journal that cannot be read counts as absent: the cluster is then a stranger's, and nothing of it is touched. */
async function readEntry(file: string): Promise<JournalEntry | undefined> {
  const text = await readFile(file, 'utf8').catch(whenMissing(undefined))
  if (text === undefined) return undefined
  try {
    const {record, phase, kubeconfigs} = JSON.parse(text) as Partial<Record<keyof JournalEntry, unknown>>
    const known = (['creating', 'created', 'complete'] as const).find((one) => one === phase)
    if (!record || !known) return undefined
    return {record: record as ClusterRecord, phase: known, kubeconfigs: Array.isArray(kubeconfigs) ? kubeconfigs : []}
  } catch {
    return undefined
  }
}

async function lockCluster(cluster: string, file: string): Promise<() => Promise<void>> {
  const attempt = await tryLock(file)
  if (attempt.taken) return attempt.release
  const {holder} = attempt
  throw new Problem('cluster-busy', {
    message: `Another k8s-local is working on the cluster ${cluster}${holder ? `: process ${holder.pid} on ${holder.host}` : ''}`,
    cause: `It holds ${file}`,
    suggestions: [
      'Wait until it has ended, then run the same command again',
      ...(holder ? [`Look at it: ps -fp ${holder.pid}`] : []),
      `If no such process runs, remove its lock: rm ${file}`,
    ],
  })
}

function whenMissing<T>(value: T): (error: unknown) => T {
  return (error) => {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return value
    throw error
  }
}
