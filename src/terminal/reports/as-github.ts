import type {CheckResult} from '../../steps/check-request.ts'
import {type CheckGroup, checkGroups, inTrouble, isTrouble, joinAlike, shownWhole} from '../check-groups.ts'
import {workflowCommand} from '../workflow-command.ts'
import {headline} from './headline.ts'
import {type VerifyReport, verdictsOf} from './verify-report.ts'

/**
 * Workflow commands of GitHub Actions: one annotation for each check in trouble, however many subjects it has, because only ten errors and ten
 * warnings of a step are shown (docs.github.com, REST API, "Update a check run"). The last line is for whoever reads the log.
 */
export function asGithub(report: VerifyReport): string {
  const {error} = report
  return [
    ...(error ? [workflowCommand('error', {title: `k8s-local verify ${error.code}`}, problemText(error))] : []),
    ...inTrouble(checkGroups(verdictsOf(report))).map(annotation),
    headline(report),
  ].join('\n')
}

function annotation({status, id, title, checks}: CheckGroup): string {
  const troubles = joinAlike(checks.filter(isTrouble))
  const more = troubles.length - shownWhole
  const shown = troubles.slice(0, shownWhole)
  const text = [
    ...shown.map(({subject, summary}) => (subject ? `${subject}: ${summary}` : summary)),
    ...(more > 0 ? [`and ${more} more`] : []),
    ...new Set(shown.flatMap(advice)),
  ]
  const name = status === 'warn' ? 'warning' : 'error'
  return workflowCommand(name, {title: id === undefined ? title : `${id} ${title}`}, text.join('\n'))
}

function advice({cause, fix, code}: CheckResult): readonly string[] {
  return [
    ...(cause ? [`Why: ${cause}`] : []),
    ...(fix ? [`Fix: ${fix}`] : []),
    ...(code ? [`See: k8s-local explain ${code}`] : []),
  ]
}

function problemText({message, cause, suggestions}: NonNullable<VerifyReport['error']>): string {
  return [message, ...(cause ? [`Why: ${cause}`] : []), ...suggestions.map((one) => `Fix: ${one}`)].join('\n')
}
