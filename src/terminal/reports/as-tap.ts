import {headline} from './headline.ts'
import type {ReportedCheck, VerifyReport} from './verify-report.ts'

/**
 * TAP 14 (testanything.org): a test point for each subject, what was seen as its YAML. A warning is ok, for TAP knows no warnings. A run that ended
 * early bails out after what it judged.
 */
export function asTap(report: VerifyReport): string {
  const {checks, unfinished, error} = report
  const points = [
    ...checks.map((check) => ({text: pointText(check), more: diagnosis(check)})),
    ...unfinished.map(({name, title}) => ({
      text: (number: number) => `ok ${number} - ${line(`${name}: ${title}`)} # SKIP not judged: the run ended before`,
      more: [],
    })),
  ]
  return [
    'TAP version 14',
    points.length === 0 ? '1..0 # SKIP nothing was judged' : `1..${points.length}`,
    ...points.flatMap(({text, more}, index) => [text(index + 1), ...more]),
    ...(error ? [`Bail out! ${flat(`${error.code} ${error.message}`)}`] : []),
    `# ${flat(headline(report))}`,
  ].join('\n')
}

function pointText({status, name, id, title, subject, summary}: ReportedCheck): (number: number) => string {
  const ok = status === 'fail' || status === 'error' ? 'not ok' : 'ok'
  const what = `${id === undefined ? '' : `${id} `}${name}: ${subject ? `${title}: ${subject}` : title}`
  const skip = status === 'skip' ? ` # SKIP ${line(summary)}` : ''
  return (number) => `${ok} ${number} - ${line(what)}${skip}`
}

function diagnosis(check: ReportedCheck): readonly string[] {
  const {status, summary, severity, evidence, cause, fix, code, seconds} = check
  if (status === 'skip') return []
  const saw = evidence.length > 0 ? evidence : undefined
  const members = Object.entries({status, summary, severity, cause, fix, code, seconds, evidence: saw})
  const known = members.filter(([, value]) => value !== undefined)
  return ['  ---', ...known.map(([key, value]) => `  ${key}: ${yaml(value)}`), '  ...']
}

/** As JSON writes it, which YAML reads alike once line separators and what cannot be printed are escaped (YAML 1.2, 5.1). */
function yaml(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (sign) => String.raw`\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** A description: on one line, without the sign that begins a directive, and not with a brace at its end, which begins a subtest (node-tap). */
function line(text: string): string {
  return flat(text).replaceAll('\\', '\\\\').replaceAll('#', '\\#').replace(/\{$/, '{.')
}

function flat(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}
