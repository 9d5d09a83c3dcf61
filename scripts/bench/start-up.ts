import {spawnSync} from 'node:child_process'
import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {root} from '../world/shell-out.ts'
import {median} from './median.ts'

export interface StartUp {
  readonly title: string
  readonly goal: number
  /** Median wall time over that of `node -e 0` in the same rounds. */
  readonly ratio: number
  readonly milliseconds: number
}

const cases = [
  {title: '--version', goal: 1.2, args: ['bin/run.js', '--version']},
  {title: '--help', goal: 3, args: ['bin/run.js', '--help']},
  {
    title: 'net add macvlan data --dry-run',
    goal: 4.5,
    args: ['bin/run.js', 'net', 'add', 'macvlan', 'data', '--dry-run'],
  },
]

/**
 * Start-up of the built program against `node -e 0`. All cases take turns in each round, so that a machine that slows down slows all of
 * them, and the medians are compared. They run in an empty home without a container engine: otherwise docker's own start would be measured too.
 */
export function measureStartUp(rounds: number): readonly StartUp[] {
  const home = mkdtempSync(join(tmpdir(), 'k8s-local-bench-'))
  // NODE_EXTRA_CA_CERTS and the like are left out: Node 20 reads that file at every start (+42 ms measured), which would flatter every ratio.
  const env = {HOME: home, PATH: home, KUBECONFIG: join(home, 'kubeconfig')}
  const baseline: number[] = []
  const times = cases.map((): number[] => [])
  for (let round = 0; round < rounds; round++) {
    baseline.push(time(['-e', '0'], env))
    for (const [index, {args}] of cases.entries()) times[index]?.push(time(args, env))
  }
  rmSync(home, {recursive: true, force: true})
  return cases.map(({title, goal}, index) => {
    const milliseconds = median(times[index] ?? [])
    return {title, goal, milliseconds, ratio: milliseconds / median(baseline)}
  })
}

function time(args: readonly string[], env: NodeJS.ProcessEnv): number {
  const started = performance.now()
  const {status} = spawnSync(process.execPath, args, {cwd: root, env, stdio: 'ignore'})
  const milliseconds = performance.now() - started
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}`)
  return milliseconds
}
