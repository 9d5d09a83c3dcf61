import type {CheckResult} from '../steps/check-request.ts'
import {type CheckGroup, isTrouble, joinAlike, shownWhole} from './check-groups.ts'
import {type Page, suggestionLines} from './present-problem.ts'
import {hang, wrap} from './wrap.ts'

/** What is wrong with the subjects of one check: some whole, of the others what they are and what is said of them. */
export function presentTroubles({checks, title}: CheckGroup, page: Page): string {
  const troubles = joinAlike(checks.filter(isTrouble))
  const whole = troubles.slice(0, shownWhole).map((check) => presentTrouble(check, page))
  const others = troubles.slice(shownWhole).map((check) => presentBriefly(check, page))
  return [...whole, ...(others.length > 0 ? [[`${title}, more of it`, ...others].join('\n')] : [])].join('\n\n')
}

export function paintStatus(status: string, {style}: Page, text = status): string {
  if (status === 'pass') return style.green(text)
  if (status === 'warn') return style.yellow(text)
  return status === 'skip' ? style.dim(text) : style.red(text)
}

function presentBriefly({status, subject, summary}: CheckResult, page: Page): string {
  const lines = wrap(subject ? `${subject}: ${summary}` : summary, page.width - status.length - 3)
  return hang(`  ${paintStatus(status, page)} `, lines, status.length + 3)
}

function presentTrouble(check: CheckResult, page: Page): string {
  const {status, title, subject, summary, evidence = [], cause, fix, code} = check
  const room = page.width - 8
  const part = (label: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [hang(`  ${label.padEnd(6)}`, lines)]
  const heading = `${status.toUpperCase()} ${title}${subject ? ` (${subject})` : ''}: ${summary}`
  const [first = '', ...rest] = wrap(heading, page.width)
  return [
    [paintStatus(status, page, first), ...rest].join('\n'),
    ...part(
      'saw',
      evidence.flatMap((line) => wrap(line, room)),
    ),
    ...part('why', cause ? wrap(cause, room) : []),
    ...part('try', fix ? suggestionLines(fix, room) : []),
    ...part('code', code ? [`${code}, see: k8s-local explain ${code}`] : []),
  ].join('\n')
}
