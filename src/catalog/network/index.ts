import {bridge} from './bridge.ts'
import {dummy} from './dummy.ts'
import {hostDevice} from './host-device.ts'
import {ipvlan} from './ipvlan.ts'
import {macvlan} from './macvlan.ts'
import type {NetworkOption} from './network-option.ts'
import {ptp} from './ptp.ts'
import {sriov} from './sriov.ts'
import {tap} from './tap.ts'
import {vlan} from './vlan.ts'

/** Key = file name = plugin `type` = argument of `net add`. */
export const networkTypes = {
  macvlan,
  bridge,
  ipvlan,
  vlan,
  ptp,
  'host-device': hostDevice,
  tap,
  dummy,
  sriov,
} as const satisfies Record<string, NetworkOption>

export type NetworkType = keyof typeof networkTypes
