import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {clock} from '../../../src/drivers/clock.ts'
import {createKubernetesDriver} from '../../../src/drivers/kubernetes/client.ts'
import type {KubernetesDriver} from '../../../src/drivers/ports.ts'
import {createProcessDriver} from '../../../src/drivers/process.ts'
import type {Outcome} from '../../../src/run/events.ts'
import {listenForInterrupts} from '../../../src/terminal/signals.ts'
import {type Finished, runMeasured} from './run-measured.ts'

/** The one cluster that curves are measured on; a curve makes it and takes it away again. */
export const cluster = 'bench-scale'

/** What a curve works with: the built program with a kubeconfig and a folder of its own, until the first interrupt. */
export interface Session {
  /** Scratch files; goes with the session. */
  readonly folder: string
  readonly signal: AbortSignal
  /** The program with these arguments. Throws Error with what it said where its exit code is none of `codes`, 0 alone unless said. */
  program(args: readonly string[], codes?: readonly number[]): Promise<Finished>
  /** Another program, with the same kubeconfig. Throws Error where it fails. */
  other(argv: readonly string[]): Promise<Finished>
  /** A new cluster with Cilium; the outcome of `create`, and the highest resident size of the program in bytes. */
  create(args: readonly string[]): Promise<{readonly outcome: Outcome; readonly peakMemory: number}>
  /** Takes the cluster away; nothing where none was begun. */
  remove(): Promise<void>
  /** A client for the cluster that was made. */
  kubernetes(): Promise<KubernetesDriver>
}

/** Runs `work` in a session, and leaves neither cluster nor files behind, also when it fails or is interrupted. */
export async function inSession<T>(bundle: string | undefined, work: (session: Session) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'k8s-local-bench-'))
  const say = (text: string) => () => console.error(text)
  const interrupts = listenForInterrupts({
    onFirst: say('Interrupted: the cluster is being removed'),
    onSecond: say(`Left at once: k8s-local delete ${cluster} removes what is left`),
  })
  const session = makeSession({folder, bundle, signal: interrupts.signal})
  try {
    return await work(session)
  } finally {
    await session.remove()
    await rm(folder, {recursive: true, force: true})
    interrupts.release()
  }
}

interface Place {
  readonly folder: string
  readonly bundle: string | undefined
  readonly signal: AbortSignal
}

function makeSession({folder, bundle, signal}: Place): Session {
  const kubeconfig = join(folder, 'kubeconfig')
  const env = {...process.env, KUBECONFIG: kubeconfig, ...(bundle !== undefined && {K8S_LOCAL_BUNDLE: bundle})}
  const run = (args: readonly string[], options: {readonly signal?: AbortSignal; readonly show?: boolean}) =>
    runMeasured([process.execPath, 'bin/run.js', ...args], {env, ...options})
  let began = false
  const remove = async (): Promise<void> => {
    // Not by the signal: what was made has to go then too. Where there is none, it says so, and that is as good.
    if (began) await run(['delete', cluster, '--yes'], {})
  }
  return {
    folder,
    signal,
    remove,
    program: async (args, codes = [0]) => mustEnd(args.join(' '), await run(args, {signal}), codes),
    other: async (argv) => mustEnd(argv.join(' '), await runMeasured(argv, {env, signal}), [0]),
    create: async (args) => {
      began = true
      await remove()
      const argv = ['create', cluster, '--cni', 'cilium', ...args, '--warm', 'never', '--yes', '--json']
      const {stdout, peakMemory} = mustEnd(argv.join(' '), await run(argv, {signal, show: true}), [0])
      return {outcome: JSON.parse(stdout) as Outcome, peakMemory}
    },
    kubernetes: () =>
      createKubernetesDriver(kubeconfig, `kind-${cluster}`, {processes: createProcessDriver(env), clock}),
  }
}

function mustEnd(title: string, finished: Finished, codes: readonly number[]): Finished {
  if (codes.includes(finished.code)) return finished
  const said = (finished.stderr.trim() || finished.stdout.trim()).slice(0, 3000)
  throw new Error(`${title} ended with ${finished.code}: ${said}`)
}
