import type {Fault} from './fault.ts'
import {isolationFaults} from './isolation.ts'
import {pluginMissing} from './plugin-missing.ts'
import {reachFaults} from './reach.ts'

/** In the order in which they are tried. */
export const allFaults: readonly Fault[] = [pluginMissing, ...reachFaults, ...isolationFaults]
