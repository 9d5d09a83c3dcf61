/** Watches over the end of one child: an abort or a deadline ends it and all that it started. */
export interface Ending {
  /** Why the child was ended from here. */
  readonly reason: () => 'aborted' | 'timeout' | undefined
  /** Ends it now: SIGTERM to its process group, SIGKILL after the grace. */
  readonly end: () => void
  /** To be called when the child has ended: what is left of its group goes too if it was ended from here. `end` does nothing from then on. */
  readonly settle: () => void
}

/** `pid` must lead a process group of its own. */
export function watchEnding(
  pid: number,
  options: {
    readonly signal?: AbortSignal | undefined
    readonly timeoutSeconds?: number | undefined
    readonly graceSeconds: number
  },
): Ending {
  let reason: 'aborted' | 'timeout' | undefined
  let ending = false
  const timers: NodeJS.Timeout[] = []
  const end = (): void => {
    if (ending) return
    ending = true
    killGroup(pid, 'SIGTERM')
    timers.push(setTimeout(() => killGroup(pid, 'SIGKILL'), options.graceSeconds * 1000))
  }
  const because = (why: 'aborted' | 'timeout') => (): void => {
    reason ??= why
    end()
  }
  const onAbort = because('aborted')
  if (options.timeoutSeconds !== undefined) timers.push(setTimeout(because('timeout'), options.timeoutSeconds * 1000))
  options.signal?.addEventListener('abort', onAbort, {once: true})
  if (options.signal?.aborted) onAbort()
  return {
    reason: () => reason,
    end,
    settle: () => {
      if (ending) killGroup(pid, 'SIGKILL')
      ending = true
      for (const timer of timers) clearTimeout(timer)
      options.signal?.removeEventListener('abort', onAbort)
    },
  }
}

/** Sends a signal to a process group; one that has ended is fine. */
export function killGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal)
  } catch (error) {
    // ESRCH: it has ended. EPERM: only zombies are left (macOS), or the child changed its user, and then it is not ours to end.
    if (!isCode(error, 'ESRCH', 'EPERM')) throw error
  }
}

function isCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code))
}
