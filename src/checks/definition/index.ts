import type {Check} from '../check.ts'
import {networkValid} from './network-valid.ts'

/** NetworkAttachmentDefinitions. */
export const definitionChecks = {
  'network-valid': networkValid,
} as const satisfies Record<string, Check>
