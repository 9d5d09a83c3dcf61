import {type FileHandle, open} from 'node:fs/promises'
import {constants} from 'node:os'
import {killGroup, watchEnding} from './process/ending.ts'
import {findProgram} from './process/find-program.ts'
import {programFailed, programInterrupted, programMissing} from './process/process-problem.ts'
import {discardInput, isInputFile, runChild, type Spawn, streamChild} from './process/run-child.ts'
import type {Finished, ProcessDriver, RunOptions} from './ports.ts'
import type {ReadableStreamLike} from './streams.ts'

/** The port, and standard output as bytes for those drivers that pass it on. */
export interface Processes extends ProcessDriver {
  /**
   * Standard output while it comes. Ends with program-failed, interrupted or wait-timeout when the child does not end well; a
   * reader that stops early ends the child.
   */
  stream(argv: readonly string[], options?: Pick<RunOptions, 'signal' | 'timeoutSeconds' | 'env'>): ReadableStreamLike
}

/**
 * Runs programs by argv, never through a shell, each in a process group of its own: a Ctrl-C at the terminal reaches only this
 * process, and it decides what ends when. An abort or a timeout ends the whole group (SIGTERM, SIGKILL when the grace is over) and
 * is thrown after it has ended. What still runs when this process exits is killed.
 */
export function createProcessDriver(environment: NodeJS.ProcessEnv = process.env, graceSeconds = 5): Processes {
  const spawn = createSpawn(environment, graceSeconds)
  const run = async (argv: readonly string[], options: RunOptions = {}): Promise<Finished> => {
    if (options.signal?.aborted) {
      await discardInput(options)
      throw programInterrupted(argv)
    }
    return await runChild(spawn, argv, options)
  }
  return {
    run,
    must: async (argv, options) => {
      const finished = await run(argv, options)
      if (finished.exitCode !== 0) throw programFailed(argv, finished)
      return finished
    },
    stream: (argv, options = {}) => streamChild(spawn, argv, options),
  }
}

function createSpawn(environment: NodeJS.ProcessEnv, graceSeconds: number): Spawn {
  const alive = createExitGuard()
  return async (argv, options) => {
    const [program = '', ...words] = argv
    const env = {...environment, ...options.env} as Record<string, string>
    await mustBeOnPath(program, env)
    // Half of the time that a short command takes: only where there is a program to run.
    const {execa} = await import('execa')
    const input = await openInput(options)
    const subprocess = execa(program, words, {
      ...(options.cwd === undefined ? {} : {cwd: options.cwd}),
      env,
      extendEnv: false,
      stdin: stdinOption(options, input),
      stdout: 'pipe',
      stderr: 'pipe',
      buffer: false,
      reject: false,
      cleanup: false,
      detached: true,
    })
    const {pid} = subprocess
    if (pid === undefined) {
      await input?.close()
      throw programMissing(program, await reasonOf(subprocess))
    }
    alive.add(pid)
    const ending = watchEnding(pid, {signal: options.signal, timeoutSeconds: options.timeoutSeconds, graceSeconds})
    const ended = waitForEnd(subprocess, input).finally(() => {
      alive.delete(pid)
      ending.settle()
    })
    const exited = new Promise<void>((resolve) => subprocess.once('exit', () => resolve()))
    return {stdin: subprocess.stdin, stdout: subprocess.stdout, stderr: subprocess.stderr, ending, exited, ended}
  }
}

/** Throws program-missing. A program that is given by path, or without a PATH to look in, is the system's to find. */
async function mustBeOnPath(program: string, {PATH: path}: Readonly<Record<string, string>>): Promise<void> {
  if (program.includes('/') || path === undefined) return
  if ((await findProgram(program, path)) === undefined) throw programMissing(program, `PATH is ${path}`)
}

type Result = PromiseLike<{
  readonly exitCode?: number | undefined
  readonly signal?: NodeJS.Signals | undefined
  readonly originalMessage?: string | undefined
}>

async function waitForEnd(
  subprocess: Result,
  input: FileHandle | undefined,
): Promise<{readonly exitCode: number; readonly signal?: string}> {
  const {exitCode, signal} = await subprocess
  await input?.close()
  return signal === undefined ? {exitCode: exitCode ?? 1} : {exitCode: 128 + constants.signals[signal], signal}
}

async function reasonOf(subprocess: Result): Promise<string> {
  return (await subprocess).originalMessage ?? 'it could not be started'
}

/** execa 9.6 hands any file descriptor down to the child, but its types know only 0, 1 and 2. */
function stdinOption({stdin}: RunOptions, input: FileHandle | undefined): 'ignore' | 'pipe' | 0 {
  if (input) return input.fd as 0
  return stdin === undefined ? 'ignore' : 'pipe'
}

async function openInput({stdin}: RunOptions): Promise<FileHandle | undefined> {
  return stdin !== undefined && isInputFile(stdin) ? await open(stdin.file, 'r') : undefined
}

/** The ids in this set are process groups that must not outlive this process. */
function createExitGuard(): {readonly add: (pid: number) => void; readonly delete: (pid: number) => void} {
  const alive = new Set<number>()
  const killAll = (): void => {
    for (const pid of alive) killGroup(pid, 'SIGKILL')
  }
  return {
    add: (pid) => {
      if (alive.size === 0) process.once('exit', killAll)
      alive.add(pid)
    },
    delete: (pid) => {
      alive.delete(pid)
      if (alive.size === 0) process.off('exit', killAll)
    },
  }
}
