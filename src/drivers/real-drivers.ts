import {clock} from './clock.ts'
import {createDownloadDriver} from './downloads.ts'
import {createEngineDriver} from './engine.ts'
import {createFileDriver} from './files.ts'
import {createHelmDriver} from './helm.ts'
import {createHostDriver} from './host.ts'
import {createJournal} from './journal.ts'
import {createKindDriver} from './kind-node.ts'
import type {Drivers, KubeconfigDriver} from './ports.ts'
import {createProcessDriver} from './process.ts'

export interface RealDriversOptions {
  /** The user's kubeconfig, where it is not the one that kubectl would take. Absolute path. */
  readonly kubeconfig?: string
  readonly environment?: NodeJS.ProcessEnv
}

/** The drivers of this machine. What is heavy (execa, yaml, node:https, ws) is loaded when it is first used. */
export function makeRealDrivers({kubeconfig, environment = process.env}: RealDriversOptions = {}): Drivers {
  const processes = createProcessDriver(environment)
  const files = createFileDriver(kubeconfig === undefined ? environment : {...environment, KUBECONFIG: kubeconfig})
  const {cache, state} = files.paths
  return {
    process: processes,
    engine: createEngineDriver(processes),
    kind: createKindDriver(processes),
    helm: createHelmDriver(processes, cache),
    downloads: createDownloadDriver({cache, processes, clock, environment}),
    files,
    host: createHostDriver(processes, environment),
    journal: createJournal(state),
    kubeconfig: lazyKubeconfig(),
    clock,
    kubernetes: async (file, context) => {
      const {createKubernetesDriver} = await import('./kubernetes/client.ts')
      return await createKubernetesDriver(file, context, {processes, clock})
    },
  }
}

function lazyKubeconfig(): KubeconfigDriver {
  const load = async (): Promise<KubeconfigDriver> => (await import('./kubeconfig.ts')).createKubeconfigDriver()
  return {
    merge: async (options) => await (await load()).merge(options),
    remove: async (options) => await (await load()).remove(options),
  }
}
