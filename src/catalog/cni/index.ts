import {calico} from './calico.ts'
import {cilium} from './cilium.ts'
import type {CniOption} from './cni-option.ts'

/** Key = file name = value of `--cni`. */
export const cnis = {cilium, calico} as const satisfies Record<string, CniOption>

export type CniName = keyof typeof cnis
