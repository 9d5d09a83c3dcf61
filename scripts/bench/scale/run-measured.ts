import {spawn} from 'node:child_process'
import {root} from '../../world/shell-out.ts'
import {watchMemory} from '../watch-memory.ts'

export interface Finished {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
  /** Wall time, from before its start to its end. */
  readonly seconds: number
  /** Highest resident size, bytes, without its children; NaN where it was too short to be seen, or where /proc is missing. */
  readonly peakMemory: number
}

export interface RunOptions {
  readonly env: NodeJS.ProcessEnv
  /** Asks it once to end, and waits until it has. */
  readonly signal?: AbortSignal
  /** Its stderr goes to ours. */
  readonly show?: boolean
}

/** Runs a program in the repository, and how long and how large it was. Throws what starting it throws, and the reason of the signal. */
export async function runMeasured(argv: readonly string[], {env, signal, show = false}: RunOptions): Promise<Finished> {
  signal?.throwIfAborted()
  const [program = '', ...args] = argv
  const started = performance.now()
  // In a process group of its own: Ctrl-C would reach it twice, and the second one means: leave everything.
  const child = spawn(program, args, {
    cwd: root,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', show ? 'inherit' : 'pipe'],
  })
  const stop = () => child.kill('SIGINT')
  signal?.addEventListener('abort', stop, {once: true})
  const out: Buffer[] = []
  const err: Buffer[] = []
  child.stdout?.on('data', (chunk: Buffer) => out.push(chunk))
  child.stderr?.on('data', (chunk: Buffer) => err.push(chunk))
  const memory = watchMemory(child.pid ?? 0, 20)
  try {
    const code = await new Promise<number>((resolve, reject) => {
      child.once('error', reject)
      child.once('close', (status) => resolve(status ?? 130))
    })
    const seconds = (performance.now() - started) / 1000
    signal?.throwIfAborted()
    return {code, stdout: text(out), stderr: text(err), seconds, peakMemory: memory.stop()}
  } finally {
    memory.stop()
    signal?.removeEventListener('abort', stop)
  }
}

function text(parts: readonly Buffer[]): string {
  return Buffer.concat(parts).toString('utf8')
}
