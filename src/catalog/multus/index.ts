import type {MultusOption} from './multus-option.ts'
import {thick} from './thick.ts'
import {thin} from './thin.ts'

/** Key = file name = value of `--multus`. */
export const multusModes = {thin, thick} as const satisfies Record<string, MultusOption>

export type MultusMode = keyof typeof multusModes
