import {bandwidth} from './bandwidth.ts'
import type {ChainOption} from './chain-option.ts'
import {firewall} from './firewall.ts'
import {portmap} from './portmap.ts'
import {sbr} from './sbr.ts'
import {tuning} from './tuning.ts'
import {vrf} from './vrf.ts'

/** Key = file name = plugin `type` = name in `--chain`. */
export const chainPlugins = {tuning, sbr, bandwidth, vrf, portmap, firewall} as const satisfies Record<
  string,
  ChainOption
>

export type ChainName = keyof typeof chainPlugins
