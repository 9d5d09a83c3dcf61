import type {Readable, Writable} from 'node:stream'
import type {Finished, RunOptions} from '../ports.ts'
import type {InputFile} from '../streams.ts'
import type {Ending} from './ending.ts'
import {discard, feed} from './feed.ts'
import {createLineSplitter} from './lines.ts'
import {type LogFile, openLogFile} from './log-file.ts'
import {commandText, programFailed, programInterrupted, programTimedOut} from './process-problem.ts'
import {redact} from '../../redact.ts'

/** A child that has been started. */
export interface Child {
  readonly stdin: Writable | null
  readonly stdout: Readable
  readonly stderr: Readable
  readonly ending: Ending
  readonly exited: Promise<void>
  /** Resolves when it has exited and its pipes are closed. */
  readonly ended: Promise<{readonly exitCode: number; readonly signal?: string}>
}

/** Starts a program. Throws program-missing. */
export type Spawn = (argv: readonly string[], options: RunOptions) => Promise<Child>

/** Runs a program to its end and gives what it printed. Throws interrupted and wait-timeout, and what its input or `onLine` threw. */
export async function runChild(spawn: Spawn, argv: readonly string[], options: RunOptions): Promise<Finished> {
  const log = options.logFile === undefined ? undefined : await openLogFile(options.logFile)
  try {
    log?.line(`$ ${commandText(argv)}`)
    return await converse(await spawn(argv, options), argv, options, log)
  } catch (error) {
    await discardInput(options)
    throw error
  } finally {
    await log?.close()
  }
}

/** The standard output of a program as it comes. Throws as runChild does, and program-failed for a bad end. */
export async function* streamChild(
  spawn: Spawn,
  argv: readonly string[],
  options: RunOptions,
): AsyncGenerator<Uint8Array> {
  if (options.signal?.aborted) throw programInterrupted(argv)
  const child = await spawn(argv, options)
  const stderr = collect(child.stderr, child.ending.end, () => undefined)
  try {
    for await (const chunk of child.stdout) yield chunk as Uint8Array
    const finished = judge(argv, options, child, {...(await child.ended), stdout: '', stderr: stderr()})
    if (finished.exitCode !== 0) throw programFailed(argv, finished)
  } finally {
    child.ending.end()
    child.stdout.destroy()
    await child.ended
  }
}

export function isInputFile(stdin: NonNullable<RunOptions['stdin']>): stdin is InputFile {
  return typeof stdin === 'object' && 'file' in stdin
}

/** Tells an input that is shared with other readers that this one will not read it. */
export async function discardInput({stdin}: RunOptions): Promise<void> {
  if (stdin !== undefined && typeof stdin !== 'string' && !isInputFile(stdin)) await discard(stdin)
}

async function converse(
  child: Child,
  argv: readonly string[],
  options: RunOptions,
  log: LogFile | undefined,
): Promise<Finished> {
  const failures: unknown[] = []
  const fail = (error: unknown): void => {
    failures.push(error)
    child.ending.end()
  }
  const listen = (name: 'stdout' | 'stderr'): (() => string) =>
    collect(child[name], fail, (line) => {
      log?.line(line)
      options.onLine?.(redact(line), name)
    })
  const stdout = listen('stdout')
  const stderr = listen('stderr')
  if (child.stdin && options.stdin !== undefined && !isInputFile(options.stdin))
    feed(child.stdin, options.stdin).catch(fail)
  void child.exited.then(() => closeWhenQuiet(child))
  const finished = {...(await child.ended), stdout: stdout(), stderr: stderr()}
  const verdict = judge(argv, options, child, finished)
  if (failures.length > 0) throw failures[0]
  return verdict
}

/** The result, unless the child was ended from here. */
function judge(argv: readonly string[], options: RunOptions, {ending}: Child, finished: Finished): Finished {
  if (ending.reason() === 'aborted') throw programInterrupted(argv)
  if (ending.reason() === 'timeout') throw programTimedOut(argv, options.timeoutSeconds ?? 0, finished)
  return finished
}

function collect(stream: Readable, fail: (error: unknown) => void, onLine: (line: string) => void): () => string {
  const splitter = createLineSplitter(onLine)
  const guarded = (work: () => void): void => {
    try {
      work()
    } catch (error) {
      fail(error)
    }
  }
  stream.on('data', (chunk: Uint8Array) => guarded(() => splitter.push(chunk)))
  stream.on('error', fail)
  return () => {
    guarded(splitter.end)
    return splitter.text()
  }
}

/** What a child left running may hold its pipes open for ever: they are closed when nothing has come for a second. */
function closeWhenQuiet({stdout, stderr, ended}: Child): void {
  let quiet = false
  const busy = (): void => {
    quiet = false
  }
  const timer = setInterval(() => {
    if (quiet) {
      stdout.destroy()
      stderr.destroy()
    }
    quiet = true
  }, 500)
  stdout.on('data', busy)
  stderr.on('data', busy)
  void ended.finally(() => clearInterval(timer))
}
