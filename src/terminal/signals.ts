import {exitCodes} from '../exit-kind.ts'

/** Ctrl-C and its kin, until `release`. */
export interface Interrupts {
  /** Aborted by the first SIGINT, SIGTERM or SIGHUP. */
  readonly signal: AbortSignal
  release(): void
}

/** The first signal aborts and says so by `onFirst`; the second says its last words by `onSecond` and leaves the program at once with 130. */
export function listenForInterrupts(
  {onFirst, onSecond}: {readonly onFirst: () => void; readonly onSecond: () => void},
  source: Pick<NodeJS.Process, 'on' | 'removeListener' | 'exit'> = process,
): Interrupts {
  const abort = new AbortController()
  const heard = (): void => {
    if (abort.signal.aborted) {
      onSecond()
      source.exit(exitCodes.interrupted)
    }
    abort.abort()
    onFirst()
  }
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const name of names) source.on(name, heard)
  return {
    signal: abort.signal,
    release: () => {
      for (const name of names) source.removeListener(name, heard)
    },
  }
}
