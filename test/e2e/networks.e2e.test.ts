import {afterAll, beforeAll, describe} from 'vitest'
import {k8sLocal, mustExit} from './support/cli.ts'
import {type Home, makeHome, removeHome} from './support/home.ts'
import type {Stage} from './networks/stage.ts'
import {suites} from './networks/index.ts'

/** A cluster of the developer's that has the same networks: the suites run on it and it stays. Its kubeconfig is the one of the shell. */
const borrowed = process.env.K8S_LOCAL_E2E_CLUSTER

describe('on one cluster of three nodes with the extra networks lan and wan', () => {
  const cluster = borrowed ?? 'e2e-networks'
  const home: Home = makeHome()
  const stage: Stage = {
    cluster,
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
    const networks = ['--network', 'lan', '--network', 'wan']
    await mustExit(0, home, ['create', cluster, '--workers', '2', ...networks, '--yes'], {timeoutSeconds: 420})
  })
  afterAll(async () => {
    if (borrowed === undefined) await k8sLocal(home, ['delete', cluster, '--yes'])
    removeHome(home)
  })

  describe.each(Object.entries(suites))('%s', (_title, suite) => {
    suite(stage)
  })
})

function borrowedEnvironment(): Readonly<Record<string, string>> {
  const names = ['HOME', 'KUBECONFIG', 'XDG_STATE_HOME'] as const
  return Object.fromEntries(names.map((name) => [name, process.env[name] ?? '']))
}
