import type {LintFinding} from '../lint/lint.ts'
import {severities, type Severity} from '../lint/rule.ts'
import type {UnreadInput} from './lint-sources.ts'

/** What net lint found: the document of `--json`, and what every format is made of. */
export interface LintResult {
  readonly findings: readonly ShownFinding[]
  /** What `--fix` mended, in order, each with its place when it was found. */
  readonly fixed: readonly ShownFinding[]
  /** Inputs that could not be read; documents inside a file that could be are findings, KL-L001. */
  readonly unread: readonly UnreadInput[]
  readonly files: readonly string[]
  readonly objects: number
  readonly counts: Readonly<Record<Severity, number>>
  /** The cluster whose facts counted. */
  readonly cluster?: string
  readonly failOn: Severity
  /** 0, 1 or 2. */
  readonly exitCode: number
}

export interface ShownFinding {
  readonly code: string
  readonly severity: Severity
  readonly file: string
  readonly line: number
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
  readonly object?: string
  readonly message: string
  readonly fix: string
  /** Whether `--fix` mends it. */
  readonly fixable: boolean
}

export interface LintOutcome {
  readonly findings: readonly LintFinding[]
  readonly fixed: readonly LintFinding[]
  readonly unread: readonly UnreadInput[]
  readonly files: readonly string[]
  readonly objects: number
  /** Files of which a document could not be read. */
  readonly unreadable: readonly string[]
  readonly cluster?: string
}

/** The outcome as it is shown; 2 for what could not be read, else 1 for a finding at or above the threshold, else 0. */
export function lintResult({findings, fixed, unreadable, ...rest}: LintOutcome, failOn: Severity): LintResult {
  const bad = findings.some(({severity}) => severities.indexOf(severity) <= severities.indexOf(failOn))
  const blind = rest.unread.length > 0 || unreadable.length > 0
  const count = (wanted: Severity) => findings.filter(({severity}) => severity === wanted).length
  return {
    findings: findings.map(show),
    fixed: fixed.map(show),
    ...rest,
    counts: {error: count('error'), warn: count('warn'), info: count('info')},
    failOn,
    exitCode: blind ? 2 : Number(bad),
  }
}

function show({code, severity, file, at, object, message, fix, edit}: LintFinding): ShownFinding {
  return {
    code,
    severity,
    file,
    line: at.start.line,
    column: at.start.column,
    endLine: at.end.line,
    endColumn: at.end.column,
    ...(object !== undefined && {object}),
    message,
    fix,
    fixable: edit !== undefined,
  }
}
