import {accessControl} from './access-control.ts'
import {defaultNetwork} from './default-network.ts'
import {legacy} from './legacy.ts'
import {managementData} from './management-data.ts'
import {nfv} from './nfv.ts'
import {routed} from './routed.ts'
import type {Scenario} from './scenario.ts'
import {sharedNetwork} from './shared-network.ts'
import {staticAddresses} from './static-addresses.ts'
import {storage} from './storage.ts'
import {tenants} from './tenants.ts'
import {tripleHomed} from './triple-homed.ts'
import {web} from './web.ts'

/** Key = file name = argument of `scenario apply`. */
export const scenarios = {
  'management-data': managementData,
  tenants,
  legacy,
  storage,
  nfv,
  web,
  routed,
  'triple-homed': tripleHomed,
  'static-addresses': staticAddresses,
  'default-network': defaultNetwork,
  'shared-network': sharedNetwork,
  'access-control': accessControl,
} as const satisfies Record<string, Scenario>

export type ScenarioName = keyof typeof scenarios

export const scenarioNames = Object.keys(scenarios) as readonly ScenarioName[]
