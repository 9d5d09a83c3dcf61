import {spawn} from 'node:child_process'
import {join} from 'node:path'
import type {Outcome} from '../../src/run/events.ts'
import type {Plan} from '../../src/steps/step.ts'
import {must, root, run} from '../world/shell-out.ts'
import {watchMemory} from './watch-memory.ts'

/** One run of the program. */
export interface Ours {
  /** From the start of the process until the last check had passed. */
  readonly seconds: number
  readonly outcome: Outcome
  /** Highest resident size of the program itself, bytes; NaN where /proc is missing. */
  readonly peakMemory: number
}

export interface Where {
  readonly bundle: string
  /** For what is written. */
  readonly folder: string
  readonly cluster: string
}

/** The warm node image of what `createOurs` makes, if it is not there. Returns the names of what the engine did not hold before. */
export async function makeWarmImage({bundle}: Where): Promise<readonly string[]> {
  const env = {...process.env, K8S_LOCAL_BUNDLE: bundle}
  const warm = [process.execPath, 'bin/run.js', 'warm', '--cni', 'cilium', '--multus', 'thin', '--json']
  const {steps} = JSON.parse((await must([...warm, '--dry-run'], {env})).stdout) as Plan
  await must(warm, {env})
  return steps.flatMap(({action}) => (action.type === 'build-warm-image' ? [action.image.reference] : []))
}

/** `create --verify` of one control plane and two workers, with nothing taken over from before, or from a warm node image; then the cluster is deleted. */
export async function createOurs({bundle, folder, cluster, warm}: Where & {readonly warm: boolean}): Promise<Ours> {
  const env = {...process.env, K8S_LOCAL_BUNDLE: bundle, KUBECONFIG: join(folder, 'kubeconfig')}
  const argv = [
    'create',
    cluster,
    '--cni',
    'cilium',
    '--multus',
    'thin',
    '--workers',
    '2',
    '--network',
    'data',
    '--verify',
    '--warm',
    warm ? 'use' : 'never',
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
  if (outcome.steps.some(({id}) => id.startsWith('import:')) === warm)
    throw new Error(`create did not start from the ${warm ? 'warm' : 'plain'} node image`)
  const startUp = wall - outcome.seconds
  return {seconds: startUp + verifiedAfter(outcome), peakMemory, outcome}
}

/** Seconds until the last check had passed. Taking the probe pods away again is not part of it: by hand nobody does. */
function verifiedAfter({checks, criticalPath, steps}: Outcome): number {
  const last = steps.find(({id}) => id === criticalPath.at(-1))
  if (checks.length === 0 || last?.finishedAt === undefined) throw new Error('create ended without checks')
  return last.finishedAt / 1000
}
