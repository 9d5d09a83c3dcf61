import type {Outcome} from '../run/events.ts'
import {secondsText} from './amounts.ts'
import {presentChecks} from './present-checks.ts'
import {type Page, presentProblem} from './present-problem.ts'
import {presentTimings} from './timings/present-timings.ts'

/** What a run has to show for itself: for stdout. `summary` is what the command says of its result when all went well. */
export function presentResult(
  outcome: Outcome,
  {summary, page, timings}: {readonly summary: readonly string[]; readonly page: Page; readonly timings: boolean},
): string {
  const ok = outcome.status === 'done' || outcome.status === 'already'
  return [
    presentChecks(outcome.checks, page),
    ...(ok ? [[headline(outcome, page), ...summary].join('\n')] : []),
    ...(timings ? [presentTimings(outcome)] : []),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

/** Why a run did not do what was asked, and what it left behind: for stderr. Empty when it did. */
export function presentFailure(outcome: Outcome, page: Page): string {
  const failed = outcome.steps.find(({status}) => status === 'failed')
  const stopped =
    outcome.status === 'interrupted' ? 'was interrupted' : failed ? `failed at: ${failed.title}` : 'failed'
  const after = `after ${secondsText(outcome.seconds * 1000)}`
  return [
    ...(outcome.problem ? [`${outcome.title} ${stopped} (${after})`, presentProblem(outcome.problem, page)] : []),
    ...(outcome.diagnosis === undefined ? [] : [`Diagnosis: ${outcome.diagnosis}/README.md`]),
    ...(outcome.leftBehind ? [presentLeftBehind(outcome.leftBehind)] : []),
  ].join('\n\n')
}

/** What of a run is still there, and how it is removed. */
export function presentLeftBehind({what, command}: NonNullable<Outcome['leftBehind']>): string {
  return `Left behind: ${what}\n  remove  ${command}`
}

function headline({title, status, seconds}: Outcome, {style}: Page): string {
  if (status === 'already') return style.green(`${title}: already as asked (${secondsText(seconds * 1000)})`)
  return style.green(`${title}: done in ${secondsText(seconds * 1000)}`)
}
