import type {Check} from '../check.ts'
import {attachmentReal} from './attachment-real.ts'

/** Pods get what they asked for. */
export const attachChecks = {
  'attachment-real': attachmentReal,
} as const satisfies Record<string, Check>
