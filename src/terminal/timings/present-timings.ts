import {criticalShares, criticalStretches} from '../../run/critical-times.ts'
import type {Outcome} from '../../run/events.ts'
import {secondsText} from '../amounts.ts'
import {table} from '../table.ts'
import {doerNames, shareText} from './doer-names.ts'
import {ranSteps, titleOf} from './ran-steps.ts'

/**
 * Seconds of each step that ran, in the order in which they began, the chain of steps that decided how long all of it took, and whose work that chain was.
 * Empty when none ran.
 */
export function presentTimings(outcome: Outcome): string {
  const ran = ranSteps(outcome)
  if (ran.length === 0) return ''
  const rows = ran.map((step) => [
    secondsText(step.startedAt),
    secondsText(step.finishedAt - step.startedAt),
    step.isCritical ? '*' : '',
    titleOf(step),
  ])
  const stretches = criticalStretches(outcome)
  const path = stretches.flatMap(({step}) => step?.title ?? [])
  const shares = criticalShares(outcome).map(({doer, milliseconds, share}) => [
    secondsText(milliseconds),
    shareText(share),
    doerNames[doer],
  ])
  return [
    table(['start', 'took', 'critical', 'step'], rows),
    `Critical path (${secondsText(stretches.at(-1)?.to ?? 0)}): ${path.join(' → ')}`,
    table(['took', 'share', 'whose work the critical path was'], shares),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}
