import type {CheckResult} from '../steps/check-request.ts'
import {checkGroups, type CheckGroup, inTrouble, isTrouble} from './check-groups.ts'
import type {Page} from './present-problem.ts'
import {paintStatus, presentTroubles} from './present-troubles.ts'
import {skippedText, skipReasons} from './skip-reasons.ts'
import {type Paint, table} from './table.ts'
import {hang, wrap} from './wrap.ts'

/** Verdicts for people: what is wrong first and whole, then a line for each check, what was skipped and why, the counts. No checks: no text. */
export function presentChecks(checks: readonly CheckResult[], page: Page): string {
  return [presentVerdicts(checks, page), counts(checks)].filter((part) => part !== '').join('\n\n')
}

/**
 * The same without the counts. The checks of `verify` (those with a number) are many and well known: each is one line. What a scenario or a rehearsal
 * shows has its own words for every subject, and a line for each.
 */
export function presentVerdicts(checks: readonly CheckResult[], page: Page): string {
  const groups = checkGroups(checks)
  const tables = checks.some(({id}) => id !== undefined)
    ? [checkTable(groups, page), presentSkips(checks, page)]
    : [subjectTable(groups, page)]
  return [...inTrouble(groups).map((group) => presentTroubles(group, page)), ...tables]
    .filter((part) => part !== '')
    .join('\n\n')
}

/** `12 passed, 1 failed, 2 skipped`. */
export function counts(checks: readonly Pick<CheckResult, 'status'>[]): string {
  const words = {pass: 'passed', warn: 'warned', fail: 'failed', error: 'could not be judged', skip: 'skipped'} as const
  const count = (status: CheckResult['status']) => checks.filter((check) => check.status === status).length
  const parts = (['pass', 'warn', 'fail', 'error', 'skip'] as const).filter((status) => count(status) > 0)
  return parts.map((status) => `${count(status)} ${words[status]}`).join(', ')
}

/** A row for each check; subjects have rows of their own where they are in trouble. */
function checkTable(groups: readonly CheckGroup[], page: Page): string {
  const judged = groups.filter(({status}) => status !== 'skip')
  const room = page.width - columns - Math.max(0, ...judged.map(({title}) => title.length))
  const rows = judged.flatMap(({status, id = '', title, checks}) => {
    const [only, ...others] = checks
    if (only && others.length === 0) return [[status, id, title, resultOf(only, room)]]
    const troubles = checks.filter(isTrouble).map((one) => [one.status, '', '', one.subject])
    return [[status, id, title, counts(checks)], ...troubles]
  })
  return table(['status', 'id', 'check', 'result'], rows, paintCell(page))
}

/** Width of the columns of status and number, and of what is between columns. */
const columns = 19

/** What is to be said of a check with one subject: its own words where there is room for all of them. */
function resultOf(check: CheckResult, room: number): string {
  const {subject, summary} = check
  if (isTrouble(check)) return subject || counts([check])
  const whole = subject ? `${subject}: ${summary}` : summary
  return whole.length <= room ? whole : counts([check])
}

function subjectTable(groups: readonly CheckGroup[], page: Page): string {
  const rows = groups
    .flatMap(({checks}) => checks)
    .map(({status, title, subject, summary}) => [status, title, subject || '-', summary])
  return table(['status', 'check', 'subject', 'result'], rows, paintCell(page))
}

function presentSkips(checks: readonly CheckResult[], {width, style}: Page): string {
  const reasons = skipReasons(checks)
  if (reasons.length === 0) return ''
  return [
    style.dim('Skipped'),
    ...reasons.map((skip) => hang('  ', wrap(`${skip.reason}: ${skippedText(skip)}`, width - 4), 4)),
  ].join('\n')
}

function paintCell(page: Page): Paint {
  return (cell, heading) => (heading === 'status' ? paintStatus(cell, page) : cell)
}
