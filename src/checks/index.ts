import type {Check, Judge} from './check.ts'
import {attachmentReal} from './attachment-real.ts'
import {cniHealthy} from './cni-healthy.ts'
import {multusFirst} from './multus-first.ts'
import {multusReady} from './multus-ready.ts'
import {networkValid} from './network-valid.ts'
import {nodeAddressKept} from './node-address-kept.ts'
import {nodesHealthy} from './nodes-healthy.ts'
import {pluginsPresent} from './plugins-present.ts'
import {primaryUnharmed} from './primary-unharmed.ts'
import {reach} from './reach.ts'
import {scenarioChecks} from './scenario/index.ts'

/** Key = file name = `check` in every report. The order is that of the report. */
export const checks = {
  'nodes-healthy': nodesHealthy,
  'node-address-kept': nodeAddressKept,
  'cni-healthy': cniHealthy,
  'multus-ready': multusReady,
  'multus-first': multusFirst,
  'plugins-present': pluginsPresent,
  'network-valid': networkValid,
  'attachment-real': attachmentReal,
  reach,
  'primary-unharmed': primaryUnharmed,
} as const satisfies Record<string, Check>

export type CheckName = keyof typeof checks

/** The check of that name, of verify or of a scenario, whatever its subject: a subject that came from the same check fits. */
export function checkNamed(name: string): Judge | undefined {
  return ({...checks, ...scenarioChecks} as Readonly<Record<string, Judge>>)[name]
}
