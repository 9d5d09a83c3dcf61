/** What a diagnosis holds: its index, as data. */
export interface Diagnosis {
  readonly cluster: string
  /** Absolute path. */
  readonly folder: string
  /** When it was made: ISO 8601. */
  readonly at: string
  /** Version of k8s-local. */
  readonly version: string
  readonly files: readonly CollectedFile[]
  /** What could not be collected. */
  readonly missing: readonly MissingFile[]
  /** What is not in this cluster, or not on this machine. */
  readonly absent: readonly MissingFile[]
  /** Why networks refuse pods, by the cluster's events. */
  readonly refusals: readonly Refusal[]
}

export interface CollectedFile {
  /** Path below the folder. */
  readonly file: string
  readonly title: string
  readonly bytes: number
  /** Its beginning is cut off. */
  readonly cut?: true
}

export interface MissingFile {
  readonly file: string
  readonly title: string
  readonly reason: string
}

export interface Refusal {
  readonly code: string
  readonly cause: string
  readonly fix: string
  /** `namespace/name`. */
  readonly pods: readonly string[]
}
