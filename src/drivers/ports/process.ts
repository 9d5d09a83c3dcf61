import type {InputFile, ReadableStreamLike} from '../streams.ts'

export interface ProcessDriver {
  /** Runs to the end. A non-zero exit is a value, not an error. Throws program-missing, interrupted, wait-timeout. */
  run(argv: readonly string[], options?: RunOptions): Promise<Finished>
  /** The same, but a non-zero exit throws program-failed with the last lines of output as cause. */
  must(argv: readonly string[], options?: RunOptions): Promise<Finished>
}

export interface RunOptions {
  readonly signal?: AbortSignal
  readonly timeoutSeconds?: number
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
  readonly stdin?: string | ReadableStreamLike | InputFile
  /** Every line as it comes, of both streams. */
  readonly onLine?: (line: string, stream: 'stdout' | 'stderr') => void
  /** The whole output is also appended to this file. */
  readonly logFile?: string
}

/** How a child ended. */
export interface Finished {
  /** 128 + the signal's number when a signal ended it: never 0. */
  readonly exitCode: number
  /** The signal that ended it, where one did. Aborts and timeouts are thrown instead. */
  readonly signal?: string
  /** As printed, with the last newline. */
  readonly stdout: string
  readonly stderr: string
}
