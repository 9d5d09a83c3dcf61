import type {Severity} from '../lint/rule.ts'
import type {LintResult, ShownFinding} from './lint-result.ts'
import {type Page, suggestionLines} from './present-problem.ts'
import {hang, wrap} from './wrap.ts'

/** Findings for people: a place that terminals and editors can open, what is wrong, what helps; then the counts. */
export function presentLint(result: LintResult, page: Page): string {
  const {findings, fixed, unread} = result
  return [
    ...unread.map(({file, reason}) =>
      hang(`${page.style.red('unreadable')} `, wrap(`${file}: ${reason}`, page.width - 11), 11),
    ),
    ...(fixed.length > 0 ? [fixed.map((finding) => presentFixed(finding, page)).join('\n')] : []),
    ...findings.map((finding) => presentFinding(finding, page)),
    summary(result),
  ].join('\n\n')
}

function presentFinding(finding: ShownFinding, page: Page): string {
  const {file, line, column, severity, code, object, message, fix} = finding
  const room = page.width - 8
  const about = object === undefined ? '' : ` ${page.style.dim(object)}`
  return [
    `${page.style.bold(`${file}:${line}:${column}`)} ${paint(severity, page)} ${code}${about}`,
    ...wrap(message, page.width - 2).map((text) => `  ${text}`),
    hang(`  ${'fix'.padEnd(6)}`, suggestionLines(fix, room)),
  ].join('\n')
}

function presentFixed({file, line, column, code, message}: ShownFinding, {width, style}: Page): string {
  return hang(`${style.green('mended')} `, wrap(`${file}:${line}:${column} ${code} ${message}`, width - 7), 7)
}

/** `2 errors, 1 warning in 4 objects of 3 files`, and what can be done about them. */
function summary({findings, counts, files, objects, unread}: LintResult): string {
  const words = {error: 'error', warn: 'warning', info: 'remark'} as const
  const parts = (['error', 'warn', 'info'] as const)
    .filter((severity) => counts[severity] > 0)
    .map((severity) => amount(counts[severity], words[severity]))
  const fixable = findings.filter((finding) => finding.fixable).length
  return [
    `${parts.join(', ') || 'Nothing found'} in ${amount(objects, 'object')} of ${amount(files.length, 'file')}`,
    ...(unread.length > 0 ? [`${unread.length} could not be read`] : []),
    ...(fixable > 0 ? [`${fixable} can be mended: add --fix`] : []),
    ...(findings.length > 0 ? ['Why it matters: k8s-local explain CODE'] : []),
  ].join('\n')
}

function amount(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}

function paint(severity: Severity, {style}: Page): string {
  if (severity === 'error') return style.red(severity)
  return severity === 'warn' ? style.yellow(severity) : style.cyan(severity)
}
