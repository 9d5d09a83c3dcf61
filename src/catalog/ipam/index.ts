import {hostLocal} from './host-local.ts'
import type {IpamOption} from './ipam-option.ts'
import {whereabouts} from './whereabouts.ts'

/** Key = file name = plugin `type` = value of `--ipam`. */
export const ipams = {'host-local': hostLocal, whereabouts} as const satisfies Record<string, IpamOption>

export type IpamName = keyof typeof ipams
