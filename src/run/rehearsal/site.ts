import type {Finished} from '../../drivers/ports.ts'
import {Problem} from '../../problem.ts'

/** A place where plugins run: a node of a cluster, or one imitated on this machine. */
export interface Site {
  readonly node: string
  /** Folder of the plugins there. */
  readonly plugins: string
  /** Where plugins are to keep what they keep; absent: where their configuration says. */
  readonly dataFolder?: string
  /** Runs a program there. A bad end is a value; it is ended at its deadline, also when nobody waits for it any more. */
  run(argv: readonly string[], options?: SiteOptions): Promise<Finished>
}

export interface SiteOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly stdin?: string
  readonly seconds?: number
}

/** Seconds for a look or a small change. */
export const lookSeconds = 10

/** An expected failure of the way to a site is an end like any other: what has begun there must be taken back all the same. */
export async function asEnd(running: Promise<Finished>): Promise<Finished> {
  return await running.catch((error: unknown) => {
    if (!(error instanceof Problem)) throw error
    const {name, message, cause} = error.data
    const words = [message, cause?.split('\n').at(-1)].filter(Boolean).join(': ')
    return {exitCode: name === 'wait-timeout' ? 124 : 1, stdout: '', stderr: words}
  })
}
