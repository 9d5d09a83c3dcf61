import type {Outcome} from '../../src/run/events.ts'
import {must, run} from '../world/shell-out.ts'

export interface VerifyBench {
  readonly rounds: readonly {readonly byHand: number; readonly tiers: Readonly<Record<Tier, number>>}[]
  /** Of the last round. */
  readonly byHand: readonly HandTest[]
  /** Of the last round: how much was judged. */
  readonly judged: Readonly<Record<Tier, Judged>>
}

export type Tier = 'quick' | 'default' | 'full'

export interface HandTest {
  readonly seconds: number
  readonly title: string
  /** Assertions of upstream's own test that fail it, and those that only print a difference. */
  readonly fails: number
  readonly prints: number
}

export interface Judged {
  readonly checks: number
  readonly verdicts: number
}

interface Wish {
  readonly cluster: string
  readonly rounds: number
  readonly tiers: readonly Tier[]
}

/** Upstream's tests by hand and each tier of verify in turn, `rounds` times, on a healthy cluster that is there. @throws Error where either finds a fault */
export async function measureVerify({cluster, rounds, tiers}: Wish): Promise<VerifyBench> {
  const image = await probeImage(cluster)
  const done: VerifyBench['rounds'][number][] = []
  let byHand: readonly HandTest[] = []
  const judged = {} as Record<Tier, Judged>
  for (let round = 0; round < rounds; round++) {
    byHand = await tryByHand(cluster, image)
    const seconds = {} as Record<Tier, number>
    for (const tier of tiers) {
      const took = await verify(cluster, tier)
      seconds[tier] = took.seconds
      judged[tier] = took.judged
    }
    done.push({byHand: byHand.at(-1)?.seconds ?? Number.NaN, tiers: seconds})
  }
  return {rounds: done, byHand, judged}
}

async function tryByHand(cluster: string, image: string): Promise<readonly HandTest[]> {
  const {stdout} = await must(['bash', 'scripts/bench/upstream-by-hand.sh', cluster, image])
  return stdout
    .trim()
    .split('\n')
    .map((line) => {
      const [seconds, title = '', fails, prints] = line.split('\t')
      return {seconds: Number(seconds), title, fails: Number(fails), prints: Number(prints)}
    })
}

/** Wall time, the start of the program and the removal of its pods included. A cluster that somebody else works on (exit code 6) is waited for; that is not counted. */
async function verify(cluster: string, tier: Tier): Promise<{readonly seconds: number; readonly judged: Judged}> {
  const argv = [process.execPath, 'bin/run.js', 'verify', cluster, '--tier', tier, '--yes', '--keep', 'never', '--json']
  for (let turn = 0; ; turn++) {
    const {code, stdout, seconds} = await run(argv)
    if (code === 6 && turn < 60) {
      await new Promise((resolve) => setTimeout(resolve, 5000))
      continue
    }
    const {checks} = JSON.parse(stdout) as Outcome
    const wrong = checks.filter(({status}) => status === 'fail' || status === 'error')
    const words = wrong.map(({check, subject, summary}) => `${check} ${subject}: ${summary}`)
    if (code !== 0) throw new Error(`verify --tier ${tier} ended with ${code}: ${words.join('; ') || stdout}`)
    const looked = checks.filter(({status}) => status !== 'skip')
    return {seconds, judged: {checks: new Set(looked.map(({check}) => check)).size, verdicts: looked.length}}
  }
}

/** The image of verify's own probe pods: both ways start the same. */
async function probeImage(cluster: string): Promise<string> {
  const {stdout} = await must([process.execPath, 'bin/run.js', 'verify', cluster, '--quick', '--dry-run', '--json'])
  const [, image] = /"image":\s*"([^"]+)"/.exec(stdout) ?? []
  if (image === undefined) throw new Error(`verify would start no probe pod on ${cluster}`)
  return image
}
