import type {Check} from '../check.ts'
import {addressesReturned} from './addresses-returned.ts'
import {nothingLeft} from './nothing-left.ts'
import {sameVerdicts} from './same-verdicts.ts'

/** What is used is given back, and what is said stays true. */
export const hygieneChecks = {
  'addresses-returned': addressesReturned,
  'nothing-left': nothingLeft,
  'same-verdicts': sameVerdicts,
} as const satisfies Record<string, Check>
