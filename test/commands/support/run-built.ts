import {spawn} from 'node:child_process'
import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

export interface Ended {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs the built program in a home of its own, without a container engine unless `env` says where one is. */
export async function runBuilt(argv: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const home = mkdtempSync(join(tmpdir(), 'k8s-local-commands-'))
  try {
    return await run(argv, {...homeOf(home), ...env}, home)
  } finally {
    rmSync(home, {recursive: true, force: true})
  }
}

/** The file that a person runs. */
export const program = join(import.meta.dirname, '../../../bin/run.js')

/** The variables of somebody who has nothing: `docker` is found nowhere on PATH. */
export function homeOf(home: string): Readonly<Record<string, string>> {
  return {
    HOME: home,
    PATH: '/nowhere',
    KUBECONFIG: join(home, 'kubeconfig'),
    XDG_STATE_HOME: join(home, 'state'),
    XDG_CACHE_HOME: join(home, 'cache'),
    NO_COLOR: '1',
  }
}

function run(argv: readonly string[], env: Readonly<Record<string, string>>, cwd: string): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...argv], {env, cwd, stdio: ['ignore', 'pipe', 'pipe']})
    let [stdout, stderr] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk))
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk))
    child.once('error', reject)
    child.once('close', (code) => resolve({exitCode: code ?? -1, stdout, stderr}))
  })
}
