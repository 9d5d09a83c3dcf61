import {bridge} from './bridge.ts'
import {macvlan} from './macvlan.ts'
import type {NetworkOption} from './network-option.ts'

/** Key = file name = plugin `type` = argument of `net add`. */
export const networkTypes = {macvlan, bridge} as const satisfies Record<string, NetworkOption>

export type NetworkType = keyof typeof networkTypes
