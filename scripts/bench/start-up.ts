import {spawnSync} from 'node:child_process'
import {root} from '../world/shell-out.ts'

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
 * them, and the medians are compared. `net add` runs against whatever cluster is current; without one it ends with a problem, which is still a start.
 */
export function measureStartUp(rounds: number): readonly StartUp[] {
  const baseline: number[] = []
  const times = cases.map((): number[] => [])
  for (let round = 0; round < rounds; round++) {
    baseline.push(time(['-e', '0']))
    for (const [index, {args}] of cases.entries()) times[index]?.push(time(args))
  }
  return cases.map(({title, goal}, index) => {
    const milliseconds = median(times[index] ?? [])
    return {title, goal, milliseconds, ratio: milliseconds / median(baseline)}
  })
}

function time(args: readonly string[]): number {
  // Node 20 reads NODE_EXTRA_CA_CERTS at every start (+42 ms measured), which would flatter every ratio.
  const {NODE_EXTRA_CA_CERTS: _unset, NODE_OPTIONS: _options, ...env} = process.env
  const started = performance.now()
  spawnSync(process.execPath, args, {cwd: root, env, stdio: 'ignore'})
  return performance.now() - started
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
