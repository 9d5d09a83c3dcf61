import {leftBehindNow, leftByInterrupt} from '../run/left-behind.ts'
import type {Plan} from '../steps/step.ts'

/** Said at the first Ctrl-C, before the clean-up. */
export function interruptedText(plan: Plan): string {
  const left = leftByInterrupt(plan)
  if (!left) return 'Interrupted: cleaning up; Ctrl-C again leaves at once'
  return `Interrupted: what was made is kept; to remove it: ${left.command}`
}

/** Said at the second Ctrl-C, when there is no time to clean up. */
export function lastWords(plan: Plan): string {
  const left = leftBehindNow(plan)
  return left ? `\nLeft behind: ${left.what}\n  remove  ${left.command}` : '\nStopped'
}
