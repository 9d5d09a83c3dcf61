import type {Check} from '../check.ts'
import {multusFirst} from './multus-first.ts'
import {multusReady} from './multus-ready.ts'
import {pluginsPresent} from './plugins-present.ts'

/** Multus and the plugins, as installed. */
export const installChecks = {
  'multus-ready': multusReady,
  'multus-first': multusFirst,
  'plugins-present': pluginsPresent,
} as const satisfies Record<string, Check>
