/**
 * A text that Multus or a plugin prints, and what it means; both functions get the match. The texts are those of Multus 4.3.0, of the CNI plugins 1.9.1
 * and of whereabouts 0.9.4: seen on clusters and in rehearsals (test/evidence), or else read in their sources.
 */
export interface CauseRow {
  /** KL-6xxx, by the files of this folder; never used again for anything else. */
  readonly code: `KL-6${string}`
  /** The text as it may come. `explain` shows it, and what the row makes of it. */
  readonly says: string
  /** A more particular one stands before a more general one. */
  readonly text: RegExp
  readonly cause: (found: readonly string[]) => string
  readonly fix: (found: readonly string[]) => string
}
