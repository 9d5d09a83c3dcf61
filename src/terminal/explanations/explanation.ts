/** What a code means, for somebody who sees it for the first time. */
export interface Explanation {
  readonly means: string
  /** Most usual first. */
  readonly causes: readonly string[]
  /** A command or a change; most likely to help first. */
  readonly fixes: readonly string[]
}
