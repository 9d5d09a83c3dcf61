import {ciliumExclusive} from './cilium-exclusive.ts'
import {cniPlugins} from './cni-plugins.ts'
import {cordonedNodes} from './cordoned-nodes.ts'
import {lostInterfaces} from './lost-interfaces.ts'
import {multusConfiguration} from './multus-configuration.ts'
import {multusMemory} from './multus-memory.ts'
import {nodeAddresses} from './node-addresses.ts'
import {nodeLeases} from './node-leases.ts'
import {nodeNics} from './node-nics.ts'
import {poolLeases} from './pool-leases.ts'
import type {Repair} from './repair.ts'
import {stoppedNodes} from './stopped-nodes.ts'

/** Key = file name. In the order in which they are mended: each stands on those before it, and a pod gets its interfaces only when all is well below it. */
export const repairs = {
  'stopped-nodes': stoppedNodes,
  'cordoned-nodes': cordonedNodes,
  'node-addresses': nodeAddresses,
  'node-nics': nodeNics,
  'cilium-exclusive': ciliumExclusive,
  'multus-memory': multusMemory,
  'cni-plugins': cniPlugins,
  'multus-configuration': multusConfiguration,
  'pool-leases': poolLeases,
  'node-leases': nodeLeases,
  'lost-interfaces': lostInterfaces,
} as const satisfies Record<string, Repair>

export type RepairName = keyof typeof repairs
