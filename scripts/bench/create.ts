import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {criticalStretches} from '../../src/run/critical-times.ts'
import type {Outcome} from '../../src/run/events.ts'
import {createOurs, makeWarmImage, type Ours} from './create-ours.ts'
import {must, run} from '../world/shell-out.ts'
import {writeMaterials} from './materials.ts'

export interface CreateBench {
  readonly rounds: readonly Round[]
  /** Seconds, once: by hand with archives that lie ready, in place of `kind load docker-image`. */
  readonly byHandFromArchives: number
  /** Seconds of each step by hand, last round. */
  readonly stepsByHand: readonly Timed[]
  readonly cold: Path
  readonly warm: Path
  /** Highest resident size of the program itself, bytes; NaN where /proc is missing. */
  readonly peakMemory: number
}

/** Seconds from no cluster to two pods that have reached each other. */
export interface Round {
  readonly byHand: Way
  readonly cold: Way
  readonly warm: Way
}

export interface Way {
  readonly total: number
  /** Of these, what `kind create cluster` took. */
  readonly kind: number
}

export interface Timed {
  readonly title: string
  readonly seconds: number
}

/** Our run of the last round. */
export interface Path {
  /** Our slowest chain of steps: when each ended after the one before it. */
  readonly critical: readonly Timed[]
  /** The whole run; files of this machine are left out of its titles. */
  readonly outcome: Outcome
}

const cluster = 'bench'

/** All ways in turn, `rounds` times. The node images are in the engine before, warm and cold. */
export async function measureCreate(bundle: string, rounds: number): Promise<CreateBench> {
  const folder = await mkdtemp(join(tmpdir(), 'k8s-local-bench-'))
  const where = {bundle, folder, cluster}
  const brought: string[] = []
  try {
    brought.push(...(await writeMaterials(join(folder, 'by-hand'), bundle, `${cluster}-by-hand`)))
    brought.push(...(await makeWarmImage(where)))
    await createOurs({...where, warm: false}) // brings the node image into the engine, and the page cache to the same state for all
    const done: {byHand: ByHand; cold: Ours; warm: Ours}[] = []
    for (let round = 0; round < rounds; round++) {
      done.push({
        byHand: await createByHand(join(folder, 'by-hand')),
        cold: await createOurs({...where, warm: false}),
        warm: await createOurs({...where, warm: true}),
      })
    }
    const last = done.at(-1)
    if (!last) throw new Error('there is nothing to measure in 0 rounds')
    return {
      rounds: done.map(({byHand, cold, warm}) => ({byHand, cold: wayOf(cold), warm: wayOf(warm)})),
      byHandFromArchives: (await createByHand(join(folder, 'by-hand'), 'archives')).total,
      stepsByHand: last.byHand.steps,
      cold: pathOf(last.cold.outcome, folder),
      warm: pathOf(last.warm.outcome, folder),
      peakMemory: Math.max(...done.flatMap(({cold, warm}) => [cold.peakMemory, warm.peakMemory])),
    }
  } finally {
    // Whoever works with this engine next must not find images that a bundle or a registry was to bring.
    if (brought.length > 0) await run(['docker', 'image', 'rm', ...brought])
    await rm(folder, {recursive: true, force: true})
  }
}

interface ByHand extends Way {
  readonly steps: readonly Timed[]
}

async function createByHand(folder: string, from: 'engine' | 'archives' = 'engine'): Promise<ByHand> {
  const {stdout} = await must(['bash', 'scripts/bench/by-hand.sh', folder, `${cluster}-by-hand`, from])
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => line.split('\t'))
  const steps = lines.map(([seconds, title = '']) => ({title, seconds: Number(seconds)}))
  const secondsOf = (wanted: string): number => steps.find(({title}) => title === wanted)?.seconds ?? Number.NaN
  return {total: secondsOf('total'), kind: secondsOf('kind create cluster'), steps: steps.slice(0, -1)}
}

function wayOf({seconds, outcome}: Ours): Way {
  const kind = outcome.steps.find(({id}) => id === 'kind-cluster')
  return {total: seconds, kind: ((kind?.finishedAt ?? Number.NaN) - (kind?.startedAt ?? Number.NaN)) / 1000}
}

function pathOf(outcome: Outcome, folder: string): Path {
  const critical = criticalStretches(outcome).map(({step, from, to}) => ({
    title: step?.title ?? 'between two steps',
    seconds: (to - from) / 1000,
  }))
  return {critical, outcome: withoutFolder(outcome, folder)}
}

/** What is published names no folder of this machine. */
function withoutFolder(outcome: Outcome, folder: string): Outcome {
  const steps = outcome.steps.map((step) => ({...step, title: step.title.replaceAll(folder, '~')}))
  return {...outcome, steps}
}
