import type {CheckResult} from '../steps/check-request.ts'
import type {Page} from './present-problem.ts'
import {suggestionLines} from './present-problem.ts'
import {table} from './table.ts'
import {hang, wrap} from './wrap.ts'

/** Verdicts for people: what is wrong first and whole, then a table of everything, then the counts. No checks: no text. */
export function presentChecks(checks: readonly CheckResult[], page: Page): string {
  if (checks.length === 0) return ''
  const troubles = checks.filter(({status}) => status === 'fail' || status === 'error' || status === 'warn')
  const rows = byTitle(checks).map((check) => [check.status, check.title, check.subject || '-', check.summary])
  const paint = (cell: string, heading: string) => (heading === 'status' ? paintStatus(cell, page) : cell)
  return [
    ...troubles.map((check) => presentTrouble(check, page)),
    table(['status', 'check', 'subject', 'result'], rows, paint),
    counts(checks),
  ].join('\n\n')
}

/** Checks end in any order: those of one title stand together, by what they judge. */
function byTitle(checks: readonly CheckResult[]): readonly CheckResult[] {
  const titles = [...new Set(checks.map(({title}) => title))]
  return titles.flatMap((title) =>
    checks.filter((check) => check.title === title).toSorted((a, b) => a.subject.localeCompare(b.subject)),
  )
}

/** `12 passed, 1 failed, 2 skipped`. */
export function counts(checks: readonly CheckResult[]): string {
  const words = {pass: 'passed', warn: 'warned', fail: 'failed', error: 'could not be judged', skip: 'skipped'} as const
  const count = (status: CheckResult['status']) => checks.filter((check) => check.status === status).length
  const parts = (['pass', 'warn', 'fail', 'error', 'skip'] as const).filter((status) => count(status) > 0)
  return parts.map((status) => `${count(status)} ${words[status]}`).join(', ')
}

function presentTrouble(check: CheckResult, page: Page): string {
  const room = page.width - 8
  const part = (label: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [hang(`  ${label.padEnd(6)}`, lines)]
  const heading = `${check.status.toUpperCase()} ${check.title}${check.subject ? ` (${check.subject})` : ''}: ${check.summary}`
  const [first = '', ...rest] = wrap(heading, page.width)
  return [
    [paintStatus(check.status, page, first), ...rest].join('\n'),
    ...part(
      'saw',
      (check.evidence ?? []).flatMap((line) => wrap(line, room)),
    ),
    ...part('why', check.cause ? wrap(check.code ? `${check.cause} (${check.code})` : check.cause, room) : []),
    ...part('try', check.fix ? suggestionLines(check.fix, room) : []),
  ].join('\n')
}

function paintStatus(status: string, {style}: Page, text = status): string {
  if (status === 'pass') return style.green(text)
  if (status === 'warn') return style.yellow(text)
  return status === 'skip' ? style.dim(text) : style.red(text)
}
