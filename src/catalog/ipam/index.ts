import {dhcp} from './dhcp.ts'
import {hostLocal} from './host-local.ts'
import type {IpamOption} from './ipam-option.ts'
import {none} from './none.ts'
import {staticAddresses} from './static.ts'
import {whereabouts} from './whereabouts.ts'

/** Key = file name = plugin `type` = value of `--ipam`; `none` has no plugin. */
export const ipams = {
  'host-local': hostLocal,
  whereabouts,
  static: staticAddresses,
  dhcp,
  none,
} as const satisfies Record<string, IpamOption>

export type IpamName = keyof typeof ipams
