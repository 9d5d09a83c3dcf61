import {secondsText} from '../amounts.ts'
import {presentVerdicts} from '../present-checks.ts'
import {presentLeftBehind} from '../present-outcome.ts'
import {type Page, presentProblem} from '../present-problem.ts'
import {hang, wrap} from '../wrap.ts'
import {table} from '../table.ts'
import {headline} from './headline.ts'
import {slowest} from './slowest.ts'
import {type ReportedCheck, type VerifyReport, verdictsOf} from './verify-report.ts'

/** For people: why the run ended early, what is wrong, a line for each check, what was skipped and not reached, the slowest, and one line that says it all. */
export function asTable(report: VerifyReport, page: Page): string {
  const {checks, unfinished, error, leftBehind, status} = report
  const paint = status === 'passed' ? page.style.green : page.style.red
  return [
    error ? presentProblem(error, page) : '',
    presentVerdicts(verdictsOf(report), page),
    presentUnfinished(unfinished, page),
    presentSlowest(checks),
    leftBehind ? presentLeftBehind(leftBehind) : '',
    paint(wrap(headline(report), page.width).join('\n')),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

function presentUnfinished(unfinished: VerifyReport['unfinished'], {width, style}: Page): string {
  if (unfinished.length === 0) return ''
  const names = [...new Set(unfinished.map(({name}) => name))].join(', ')
  return [style.yellow('Not judged, for the run ended before'), hang('  ', wrap(names, width - 2))].join('\n')
}

function presentSlowest(checks: readonly ReportedCheck[]): string {
  const rows = slowest(checks).map(({seconds, id = '', title, subject}) => [
    secondsText(seconds * 1000),
    id,
    subject ? `${title} (${subject})` : title,
  ])
  return table(['took', 'id', 'slowest'], rows)
}
