import type {Fault} from './fault.ts'
import {pluginMissing} from './plugin-missing.ts'

/** In the order in which they are tried. */
export const allFaults: readonly Fault[] = [pluginMissing]
