import type {Clock} from '../drivers/ports.ts'

/** What one look saw: whether it is enough, and in words. */
export interface Look {
  readonly ready: boolean
  readonly seen: string
}

export interface PollOptions {
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly milliseconds: number
  readonly seen: (text: string) => void
}

/** Looks again and again until it is enough, and tells what it saw when that changes; true when the first look was. The signal ends it: it throws interrupted. */
export async function poll(
  look: () => Promise<Look>,
  {clock, signal, milliseconds, seen}: PollOptions,
): Promise<boolean> {
  let before: string | undefined
  for (let first = true; ; first = false) {
    const saw = await look()
    if (saw.seen !== before) seen(saw.seen)
    before = saw.seen
    if (saw.ready) return first
    await clock.sleep(milliseconds, signal)
  }
}
