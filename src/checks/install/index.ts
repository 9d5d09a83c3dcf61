import type {Check} from '../check.ts'
import {cniShares} from './cni-shares.ts'
import {crdServed} from './crd-served.ts'
import {multusConnected} from './multus-connected.ts'
import {multusFirst} from './multus-first.ts'
import {multusImage} from './multus-image.ts'
import {multusLeftovers} from './multus-leftovers.ts'
import {multusMemory} from './multus-memory.ts'
import {multusReady} from './multus-ready.ts'
import {multusRights} from './multus-rights.ts'
import {pluginsPresent} from './plugins-present.ts'

/** Multus and the plugins, as installed. */
export const installChecks = {
  'crd-served': crdServed,
  'multus-ready': multusReady,
  'multus-image': multusImage,
  'multus-first': multusFirst,
  'plugins-present': pluginsPresent,
  'multus-connected': multusConnected,
  'multus-memory': multusMemory,
  'multus-rights': multusRights,
  'multus-leftovers': multusLeftovers,
  'cni-shares': cniShares,
} as const satisfies Record<string, Check>
