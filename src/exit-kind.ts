/** Exit codes by meaning. Documented in docs/exit-codes.md; a test holds the two together. */
export const exitCodes = {
  ok: 0,
  'checks-failed': 1,
  usage: 2,
  preflight: 3,
  timeout: 4,
  unreachable: 5,
  conflict: 6,
  partial: 7,
  'checks-unjudged': 8,
  bug: 10,
  interrupted: 130,
} as const

export type ExitKind = keyof typeof exitCodes
