import {exitCodes} from '../exit-kind.ts'

/** Ctrl-C and its kin, until `release`. */
export interface Interrupts {
  /** Aborted by the first SIGINT, SIGTERM or SIGHUP. */
  readonly signal: AbortSignal
  release(): void
}

/** The first signal aborts and says so by `onFirst`; the second says its last words by `onSecond` and leaves the program at once with 130. */
export function listenForInterrupts({onFirst, onSecond}: {onFirst: () => void; onSecond: () => void}): Interrupts {
  const abort = new AbortController()
  const heard = (): void => {
    if (abort.signal.aborted) {
      onSecond()
      process.exit(exitCodes.interrupted)
    }
    abort.abort()
    onFirst()
  }
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const name of names) process.on(name, heard)
  return {
    signal: abort.signal,
    release: () => {
      for (const name of names) process.removeListener(name, heard)
    },
  }
}
