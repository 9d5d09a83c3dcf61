import type {Finding, ProblemData} from '../problem.ts'
import type {Style} from './style.ts'
import {hang, wrap} from './wrap.ts'

/** How much room there is, and how text stands out. */
export interface Page {
  readonly width: number
  readonly style: Style
}

/** A failure as a person reads it: what failed, why, what to try, where the whole story lies. Commands are never broken over lines. */
export function presentProblem(problem: ProblemData, {width, style}: Page): string {
  const room = width - label('').length
  const part = (name: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [hang(style.bold(label(name)), lines, label(name).length)]
  const findings = listed(problem)
  const suggestions = problem.suggestions.filter((one) => !findings.some(({fix}) => fix === one))
  const [first = '', ...rest] = wrap(`Error: ${problem.message}`, width)
  return [
    [style.red(first), ...rest].join('\n'),
    ...findings.map((finding) => presentFinding(finding, width)),
    ...part('why', problem.cause ? wrap(problem.cause.trimEnd(), room) : []),
    ...part(
      'try',
      suggestions.flatMap((suggestion) => suggestionLines(suggestion, room)),
    ),
    ...part('log', problem.log ? [problem.log] : []),
    ...part('code', [`${problem.code}, see: k8s-local explain ${problem.code}`]),
  ].join('\n')
}

/** The findings to list: not the only one where the message says it already. */
function listed({findings = [], message}: ProblemData): readonly Finding[] {
  const [only, ...others] = findings
  return only && others.length === 0 && message.toLowerCase().includes(only.message.toLowerCase()) ? [] : findings
}

/** The lines of a suggestion: prose is wrapped, a command stays whole on a line of its own. */
export function suggestionLines(suggestion: string, width: number): readonly string[] {
  if (suggestion.length <= width || startsWithCommand(suggestion)) return [suggestion]
  const colon = suggestion.indexOf(': ')
  if (colon === -1 || !startsWithCommand(suggestion.slice(colon + 2))) return wrap(suggestion, width)
  return [...wrap(suggestion.slice(0, colon + 1), width), `  ${suggestion.slice(colon + 2)}`]
}

function presentFinding({at, message, fix}: Finding, width: number): string {
  const lines = wrap(`${at}: ${message}`, width - 4)
  const fixLines = fix ? suggestionLines(fix, width - 9) : []
  return [hang('  - ', lines), ...(fixLines.length > 0 ? [hang('    fix: ', fixLines)] : [])].join('\n')
}

/** Whether it is a command line and not prose. */
export function startsWithCommand(text: string): boolean {
  return /^(?:[A-Z_]+=\S+ )*(?:k8s-local|docker|kind|kubectl|helm|sudo|systemctl|sysctl|df|rm|ls|ip|curl|export|mkdir|chmod|npm)(?: |$)/.test(
    text,
  )
}

function label(name: string): string {
  return `  ${name.padEnd(6)}`
}
