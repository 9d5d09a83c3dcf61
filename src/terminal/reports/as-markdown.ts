import type {CheckResult} from '../../steps/check-request.ts'
import {secondsText} from '../amounts.ts'
import {type CheckGroup, checkGroups, inTrouble, isTrouble, joinAlike, shownWhole} from '../check-groups.ts'
import {codeBlock, codeSpan, markdownTable, plainText} from '../markdown-text.ts'
import {counts} from '../present-checks.ts'
import {startsWithCommand} from '../present-problem.ts'
import {skippedText} from '../skip-reasons.ts'
import {headline} from './headline.ts'
import {slowest} from './slowest.ts'
import {type VerifyReport, verdictsOf} from './verify-report.ts'

/** Markdown as GitHub shows it, in a comment or as the summary of a step: what is wrong stands open, all else is folded. */
export function asMarkdown(report: VerifyReport): string {
  const {tier, runId, tool, error, leftBehind} = report
  const groups = checkGroups(verdictsOf(report))
  const run = [`tier ${tier}`, ...(runId === undefined ? [] : [`run ${runId}`]), `k8s-local ${tool.version}`]
  return [
    `## verify: ${report.status.replaceAll('-', ' ')}`,
    `${plainText(headline(report))} (${plainText(run.join(', '))})`,
    ...(error ? [problem(error)] : []),
    ...inTrouble(groups).map(troubles),
    ...(leftBehind ? [`Left behind: ${plainText(leftBehind.what)}; remove: ${codeSpan(leftBehind.command)}`] : []),
    ...folded('All checks', checkTable(groups)),
    ...folded('Skipped', skipTable(report)),
    ...folded('Not judged, for the run ended before', unfinishedList(report)),
    ...folded('Slowest', slowestTable(report)),
  ].join('\n\n')
}

function problem({code, message, cause, suggestions}: NonNullable<VerifyReport['error']>): string {
  return [
    `### ${plainText(`${code} ${message}`)}`,
    ...(cause ? [evidenceBlock(cause.split('\n'))] : []),
    suggestions.map(tryLine).join('\n'),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

function troubles({id, title, checks}: CheckGroup): string {
  const all = joinAlike(checks.filter(isTrouble))
  const others = all.slice(shownWhole)
  return [
    `### ${plainText(id === undefined ? title : `${id} ${title}`)}`,
    ...all.slice(0, shownWhole).map(trouble),
    ...(others.length === 0 ? [] : [others.map((one) => `- ${verdictLine(one)}`).join('\n')]),
  ].join('\n\n')
}

function trouble(check: CheckResult): string {
  const {evidence = [], cause, fix, code} = check
  const advice = [
    ...(cause ? [`- Why: ${plainText(cause)}`] : []),
    ...(fix ? [tryLine(fix)] : []),
    ...(code ? [`- More: ${codeSpan(`k8s-local explain ${code}`)}`] : []),
  ]
  return [verdictLine(check), ...(evidence.length > 0 ? [evidenceBlock(evidence)] : []), advice.join('\n')]
    .filter((part) => part !== '')
    .join('\n\n')
}

function tryLine(text: string): string {
  return `- Try: ${startsWithCommand(text) ? codeSpan(text) : plainText(text)}`
}

function verdictLine({status, subject, summary}: CheckResult): string {
  const about = subject ? ` ${codeSpan(subject)}` : ''
  return `**${status}**${about}: ${plainText(summary)}`
}

/** Lines of evidence, and signs of each, that are shown: GitHub refuses the whole summary of a step when it has more than 1 MiB (actions/runner). */
const shownLines = 15
const shownSigns = 300

function evidenceBlock(lines: readonly string[]): string {
  const more = lines.length - shownLines
  const shown = lines
    .slice(0, shownLines)
    .map((text) => (text.length > shownSigns ? `${text.slice(0, shownSigns)}…` : text))
  return codeBlock([...shown, ...(more > 0 ? [`… ${more} more lines`] : [])])
}

function folded(title: string, inside: string): readonly string[] {
  return inside === '' ? [] : [`<details><summary>${title}</summary>`, inside, '</details>']
}

function checkTable(groups: readonly CheckGroup[]): string {
  const rows = groups
    .filter(({status}) => status !== 'skip')
    .map(({status, id = '', title, checks}) => [status, id, plainText(title), counts(checks)])
  return markdownTable(['status', 'id', 'check', 'result'], rows)
}

function skipTable({skipped}: VerifyReport): string {
  return markdownTable(
    ['reason', 'checks'],
    skipped.map((skip) => [plainText(skip.reason), plainText(skippedText(skip))]),
  )
}

function unfinishedList({unfinished}: VerifyReport): string {
  return unfinished.map(({name, title}) => `- ${codeSpan(name)}: ${plainText(title)}`).join('\n')
}

function slowestTable({checks}: VerifyReport): string {
  const rows = slowest(checks).map(({seconds, id = '', title, subject}) => [
    secondsText(seconds * 1000),
    id,
    plainText(subject ? `${title} (${subject})` : title),
  ])
  return markdownTable(['took', 'id', 'check'], rows)
}
