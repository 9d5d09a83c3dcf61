import {afterAll, beforeAll, describe} from 'vitest'
import {k8sLocal, mustExit} from './cli.ts'
import {type Home, makeHome, removeHome} from './home.ts'
import type {Stage, Suite} from './stage.ts'

export interface SharedCluster {
  readonly name: string
  readonly multus: 'thin' | 'thick'
  readonly suites: Readonly<Record<string, Suite>>
}

/** Calico only where somebody has a bundle with its images. */
const cni = process.env.K8S_LOCAL_E2E_CNI === 'calico' ? 'calico' : 'cilium'

/** A cluster of the developer's that has the same networks: the suites run on it and it stays. Its kubeconfig is the one of the shell. */
const borrowed = process.env.K8S_LOCAL_E2E_CLUSTER

/** Declares suites that share one cluster of three nodes with the extra networks `lan` and `wan`. */
export function onSharedCluster({name, multus, suites}: SharedCluster): void {
  const cluster = borrowed ?? name
  const home: Home = makeHome()
  const stage: Stage = {
    cluster,
    cni,
    multus,
    home: borrowed === undefined ? home : {...home, env: {...home.env, ...borrowedEnvironment()}},
    nodes: {
      controlPlane: `${cluster}-control-plane`,
      workers: [`${cluster}-worker`, `${cluster}-worker2`],
      all: [`${cluster}-control-plane`, `${cluster}-worker`, `${cluster}-worker2`],
    },
    at: ['--cluster', cluster],
  }

  beforeAll(async () => {
    if (borrowed !== undefined) return
    const shape = ['--workers', '2', '--network', 'lan', '--network', 'wan', '--cni', cni, '--multus', multus]
    await mustExit(0, home, ['create', cluster, ...shape, '--yes'], {timeoutSeconds: 420})
  })
  afterAll(async () => {
    if (borrowed === undefined) await k8sLocal(home, ['delete', cluster, '--yes'])
    removeHome(home)
  })

  describe.each(Object.entries(suites))('%s', (_title, suite) => {
    suite(stage)
  })
}

function borrowedEnvironment(): Readonly<Record<string, string>> {
  const names = ['HOME', 'KUBECONFIG', 'XDG_STATE_HOME'] as const
  return Object.fromEntries(names.map((name) => [name, process.env[name] ?? '']))
}
