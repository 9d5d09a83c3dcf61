/** oclif's measurements of itself, which it takes where DEBUG is set. Without a mark it stops nothing. */
export const OCLIF_MARKER_OWNER = '@oclif/core'

export const Performance = {
  mark: (): undefined => undefined,
  collect: async (): Promise<void> => {},
  debug: (): void => {},
}
