import type {Check} from '../check.ts'
import {cniHealthy} from './cni-healthy.ts'
import {nodeAddressKept} from './node-address-kept.ts'
import {nodesHealthy} from './nodes-healthy.ts'

/** The nodes, and the cluster's own network. */
export const clusterChecks = {
  'nodes-healthy': nodesHealthy,
  'cni-healthy': cniHealthy,
  'node-address-kept': nodeAddressKept,
} as const satisfies Record<string, Check>
