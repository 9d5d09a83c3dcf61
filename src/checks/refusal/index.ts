import type {Check} from '../check.ts'
import {refusedBadMaster} from './refused-bad-master.ts'
import {refusedDuplicateAddress} from './refused-duplicate-address.ts'
import {refusedExhaustedRange} from './refused-exhausted-range.ts'
import {refusedInterfaceClash} from './refused-interface-clash.ts'
import {refusedMalformed} from './refused-malformed.ts'
import {refusedMissingPlugin} from './refused-missing-plugin.ts'
import {refusedUnknownNetwork} from './refused-unknown-network.ts'

/** What cannot be had is refused, soon and with a reason, and nothing of it stays. */
export const refusalChecks = {
  'refused-unknown-network': refusedUnknownNetwork,
  'refused-missing-plugin': refusedMissingPlugin,
  'refused-bad-master': refusedBadMaster,
  'refused-exhausted-range': refusedExhaustedRange,
  'refused-malformed': refusedMalformed,
  'refused-duplicate-address': refusedDuplicateAddress,
  'refused-interface-clash': refusedInterfaceClash,
} as const satisfies Record<string, Check>
