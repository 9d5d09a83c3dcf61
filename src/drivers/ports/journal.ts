import type {ClusterRecord} from '../../steps/action.ts'

/** What this machine knows of the clusters it made: `<state>/clusters/<name>/{cluster.json,kubeconfig,*.log}`. */
export interface JournalDriver {
  read(cluster: string): Promise<JournalEntry | undefined>
  list(): Promise<readonly string[]>
  /** Starts at phase `creating`; what was noted of kubeconfigs stays. */
  begin(cluster: string, record: ClusterRecord): Promise<void>
  mark(cluster: string, phase: 'created' | 'complete'): Promise<void>
  /** Notes that a file of the user's gets the cluster's context. */
  noteKubeconfig(cluster: string, file: string): Promise<void>
  forget(cluster: string): Promise<void>
  /** Absolute path of a file kept for the cluster. */
  file(cluster: string, name: string): string
  /** One run per cluster at a time: the returned function gives the lock back. Throws cluster-busy with the pid that holds it; a lock of a dead process is taken over. */
  lock(cluster: string): Promise<() => Promise<void>>
  /** The process that works on the cluster now, if one does. */
  holder(cluster: string): Promise<{readonly pid: number; readonly host: string} | undefined>
}

/** What is noted down of one cluster. */
export interface JournalEntry {
  readonly record: ClusterRecord
  readonly phase: 'creating' | 'created' | 'complete'
  /** The user's files that may hold the cluster's context. */
  readonly kubeconfigs: readonly string[]
}
