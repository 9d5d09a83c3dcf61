import {createPhaseReader} from './kind/phases.ts'
import {toKindProblem} from './kind/kind-problem.ts'
import {writeAtomically} from './files/atomic-write.ts'
import type {KindDriver, ProcessDriver} from './ports.ts'

/** Clusters whose nodes are containers, made by kind. Its environment variables (KIND_EXPERIMENTAL_*) stay as the user set them. */
export function createKindDriver(processes: ProcessDriver): KindDriver {
  return {
    create: (options) => createCluster(processes, options),
    kubeconfig: async ({program, cluster, file, signal}) => {
      const finished = await processes.run([program, 'get', 'kubeconfig', '--name', cluster], {
        timeoutSeconds: 30,
        ...(signal ? {signal} : {}),
      })
      // Without a control plane, or before kubeadm wrote admin.conf in it, kind ends with 1.
      if (finished.exitCode !== 0 || !finished.stdout.includes('clusters:')) return false
      await writeAtomically(file, (handle) => handle.writeFile(finished.stdout), {mode: 0o600})
      return true
    },
    version: async (program) => {
      const finished = await processes.run([program, 'version'], {timeoutSeconds: 10}).catch(() => undefined)
      return /^kind (v\d+\.\d+\.\d+\S*)/m.exec(finished?.stdout ?? '')?.[1]
    },
  }
}

/**
 * `--retain`: kind would else remove the nodes of a failed cluster before anybody could look at them; they are ours to remove.
 * `-v 3`: kubeadm's output is seen from there on (kind v0.33 kubeadminit/init.go). kind has no handler for signals.
 */
async function createCluster(processes: ProcessDriver, options: Parameters<KindDriver['create']>[0]): Promise<void> {
  const {program, cluster, config, image, kubeconfig, logFile, signal, onPhase} = options
  const phases = createPhaseReader(onPhase)
  const words = [
    'create',
    'cluster',
    '--name',
    cluster,
    '--config',
    '-',
    '--image',
    image,
    '--kubeconfig',
    kubeconfig,
    '--retain',
    '-v',
    '3',
  ]
  const finished = await processes.run([program, ...words], {stdin: config, logFile, signal, onLine: phases.line})
  if (finished.exitCode !== 0) throw toKindProblem(finished, {cluster, logFile, phase: phases.current()})
}
