import {spawn} from 'node:child_process'
import {mkdtemp, readFile, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {criticalStretches} from '../../src/run/critical-times.ts'
import type {Outcome} from '../../src/run/events.ts'
import {must, root, run} from '../world/shell-out.ts'
import {writeMaterials} from './materials.ts'

export interface CreateBench {
  readonly rounds: readonly {readonly byHand: number; readonly ours: number}[]
  /** Seconds of each step by hand, last round. */
  readonly stepsByHand: readonly {readonly title: string; readonly seconds: number}[]
  /** Our slowest chain of steps, last round: when each ended after the one before it. */
  readonly criticalPath: readonly {readonly title: string; readonly seconds: number}[]
  /** That whole run; files of this machine are left out of its titles. */
  readonly outcome: Outcome
  /** Highest resident size of the program itself, bytes; NaN where /proc is missing. */
  readonly peakMemory: number
}

const cluster = 'bench'

/** Both ways in turn, `rounds` times, each from no cluster to two pods that have reached each other. The node image is in the engine before. */
export async function measureCreate(bundle: string, rounds: number): Promise<CreateBench> {
  const folder = await mkdtemp(join(tmpdir(), 'k8s-local-bench-'))
  try {
    await writeMaterials(join(folder, 'by-hand'), bundle, `${cluster}-by-hand`)
    const done: {byHand: ByHand; ours: Ours}[] = []
    await createOurs(bundle, folder) // brings the node image into the engine, and the page cache to the same state for both
    for (let round = 0; round < rounds; round++) {
      done.push({byHand: await createByHand(join(folder, 'by-hand')), ours: await createOurs(bundle, folder)})
    }
    const last = done.at(-1)
    if (!last) throw new Error('there is nothing to measure in 0 rounds')
    return {
      rounds: done.map(({byHand, ours}) => ({byHand: byHand.total, ours: ours.seconds})),
      stepsByHand: last.byHand.steps,
      criticalPath: pathOf(last.ours.outcome),
      outcome: withoutFolder(last.ours.outcome, folder),
      peakMemory: Math.max(...done.map(({ours}) => ours.peakMemory)),
    }
  } finally {
    await rm(folder, {recursive: true, force: true})
  }
}

interface ByHand {
  readonly total: number
  readonly steps: readonly {readonly title: string; readonly seconds: number}[]
}

async function createByHand(folder: string): Promise<ByHand> {
  const {stdout} = await must(['bash', 'scripts/bench/by-hand.sh', folder, `${cluster}-by-hand`])
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => line.split('\t'))
  const steps = lines.map(([seconds, title = '']) => ({title, seconds: Number(seconds)}))
  return {total: steps.at(-1)?.seconds ?? Number.NaN, steps: steps.slice(0, -1)}
}

interface Ours {
  readonly seconds: number
  readonly outcome: Outcome
  readonly peakMemory: number
}

async function createOurs(bundle: string, folder: string): Promise<Ours> {
  const env = {...process.env, K8S_LOCAL_BUNDLE: bundle, KUBECONFIG: join(folder, 'kubeconfig')}
  const argv = [
    'create',
    cluster,
    '--cni',
    'cilium',
    '--workers',
    '2',
    '--network',
    'data',
    '--verify',
    // What is compared is the work, not who has done it before.
    '--warm',
    'never',
    '--yes',
    '--json',
  ]
  const started = performance.now()
  const child = spawn(process.execPath, ['bin/run.js', ...argv], {cwd: root, env, stdio: ['ignore', 'pipe', 'inherit']})
  let stdout = ''
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  const memory = watchMemory(child.pid ?? 0)
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  const wall = (performance.now() - started) / 1000
  const peakMemory = memory.stop()
  await run([process.execPath, 'bin/run.js', 'delete', cluster, '--yes'], {env})
  if (code !== 0) throw new Error(`create ended with ${code}: ${stdout}`)
  const outcome = JSON.parse(stdout) as Outcome
  const startUp = wall - outcome.seconds
  return {seconds: startUp + verifiedAfter(outcome), peakMemory, outcome}
}

/** Seconds until the last check had passed. Taking the probe pods away again is not part of it: by hand nobody does. */
function verifiedAfter({checks, criticalPath, steps}: Outcome): number {
  const last = steps.find(({id}) => id === criticalPath.at(-1))
  if (checks.length === 0 || last?.finishedAt === undefined) throw new Error('create ended without checks')
  return last.finishedAt / 1000
}

function pathOf(outcome: Outcome): CreateBench['criticalPath'] {
  return criticalStretches(outcome).map(({step, from, to}) => ({
    title: step?.title ?? 'between two steps',
    seconds: (to - from) / 1000,
  }))
}

/** What is published names no folder of this machine. */
function withoutFolder(outcome: Outcome, folder: string): Outcome {
  const steps = outcome.steps.map((step) => ({...step, title: step.title.replaceAll(folder, '~')}))
  return {...outcome, steps}
}

/** Follows the kernel's own high-water mark of a process; it only grows, so looking often enough before the end is all it takes. */
function watchMemory(pid: number): {stop(): number} {
  let peak = Number.NaN
  const look = async (): Promise<void> => {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
    const kilobytes = /VmHWM:\s*(\d+) kB/.exec(status)?.[1]
    if (kilobytes) peak = Number(kilobytes) * 1024
  }
  const timer = setInterval(() => void look(), 100)
  return {
    stop: () => {
      clearInterval(timer)
      return peak
    },
  }
}
