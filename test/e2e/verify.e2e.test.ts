import {describe} from 'vitest'
import {onSharedCluster} from './support/shared-cluster.ts'
import {suites} from './verify/index.ts'

/** `K8S_LOCAL_E2E_CLUSTER` names a cluster to run on; `K8S_LOCAL_E2E_MULTUS` then says its mode. */
const modes = (['thin', 'thick'] as const).filter((mode) => mode === (process.env.K8S_LOCAL_E2E_MULTUS ?? mode))

describe.each(modes)('verify on three nodes with %s Multus', (multus) => {
  onSharedCluster({name: `e2e-verify-${multus}`, multus, suites: suites[multus]})
})
