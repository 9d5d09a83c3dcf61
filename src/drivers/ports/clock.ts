export interface Clock {
  /** Milliseconds, monotonic. */
  now(): number
  /** Throws interrupted when the signal aborts. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>
}
