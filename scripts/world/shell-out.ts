import {spawn} from 'node:child_process'
import {join} from 'node:path'

export const root: string = join(import.meta.dirname, '../..')

export interface Ran {
  readonly code: number
  readonly stdout: string
  readonly seconds: number
}

/** Runs a program in the repository with its stderr on ours. Its stdout is returned, or with `show` goes to ours. */
export async function run(
  argv: readonly string[],
  options: {readonly show?: boolean; readonly env?: NodeJS.ProcessEnv} = {},
): Promise<Ran> {
  const started = performance.now()
  const [program = '', ...args] = argv
  const child = spawn(program, args, {
    cwd: root,
    env: {...process.env, ...options.env},
    stdio: ['inherit', options.show ? 'inherit' : 'pipe', 'inherit'],
  })
  let stdout = ''
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  const code = await new Promise<number>((resolve) => {
    child.once('error', () => resolve(127))
    child.once('close', (status) => resolve(status ?? 130))
  })
  return {code, stdout, seconds: (performance.now() - started) / 1000}
}

/** The same for a program that has to succeed. @throws Error that names the command */
export async function must(
  argv: readonly string[],
  options: {readonly show?: boolean; readonly env?: NodeJS.ProcessEnv} = {},
): Promise<Ran> {
  const ran = await run(argv, options)
  if (ran.code !== 0) throw new Error(`${argv.join(' ')} ended with ${ran.code}`)
  return ran
}
