import type {Check} from '../check.ts'
import {primaryUnharmed} from './primary-unharmed.ts'
import {reach} from './reach.ts'

/** Traffic passes, where it should. */
export const reachChecks = {
  reach,
  'primary-unharmed': primaryUnharmed,
} as const satisfies Record<string, Check>
