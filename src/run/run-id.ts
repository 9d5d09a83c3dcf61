/** Short random text, fit for the name of a namespace and for a label. */
export function makeRunId(): string {
  return crypto.randomUUID().slice(0, 6)
}
