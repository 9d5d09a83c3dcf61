import {describe} from 'vitest'
import {suites} from './networks/index.ts'
import {onSharedCluster} from './support/shared-cluster.ts'

describe('on one cluster of three nodes with the extra networks lan and wan', () => {
  onSharedCluster({name: 'e2e-networks', multus: 'thin', suites})
})
