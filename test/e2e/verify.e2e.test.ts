import {describe, test} from 'vitest'
import {onSharedCluster} from './support/shared-cluster.ts'
import {suites} from './verify/index.ts'

/** `K8S_LOCAL_E2E_CLUSTER` names a cluster to run on; `K8S_LOCAL_E2E_MULTUS` then says its mode. */
const asked = process.env.K8S_LOCAL_E2E_MULTUS ?? (process.env.K8S_LOCAL_FAULTS === 'all' ? undefined : 'thin')
const modes = (['thin', 'thick'] as const).filter((mode) => mode === (asked ?? mode))

describe.each(modes)('verify on three nodes with %s Multus', (multus) => {
  onSharedCluster({name: `e2e-verify-${multus}`, multus, suites: suites[multus]})
})

describe.skipIf(modes.includes('thick'))('verify on three nodes with thick Multus', () => {
  test.skipIf(asked === 'thin')(
    'is tried with K8S_LOCAL_FAULTS=all alone: its full tier takes minutes',
    () => undefined,
  )
})
