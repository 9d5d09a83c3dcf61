import type {ProblemData} from '../../problem.ts'
import type {Outcome} from '../../run/events.ts'
import type {CheckResult, Tier} from '../../steps/check-request.ts'
import type {Plan} from '../../steps/step.ts'
import {errorDocument, exitCodeOf, exitCodeOfOutcome} from '../json-document.ts'
import {type SkipReason, skipReasons} from '../skip-reasons.ts'

/**
 * What one run of `verify` found: what every format is made of, and the document of `--report json`. schemas/verify-report.v1.json describes it; a
 * member may be added within a version, none goes or gets another meaning.
 */
export interface VerifyReport {
  readonly version: 1
  readonly tool: {readonly name: 'k8s-local'; readonly version: string}
  /** Absent where it was not known yet which cluster was meant. */
  readonly cluster?: string
  /** Labels everything that the run made. Absent where it ended before it made anything. */
  readonly runId?: string
  readonly tier: Tier
  /** ISO 8601, UTC. */
  readonly started: string
  readonly seconds: number
  readonly status: 'passed' | 'checks-failed' | 'checks-unjudged' | 'failed' | 'interrupted'
  readonly exitCode: number
  readonly counts: Readonly<Record<CheckResult['status'], number>>
  /** In the order of the list of checks, each by subject. */
  readonly checks: readonly ReportedCheck[]
  /** Why some of them were skipped. */
  readonly skipped: readonly SkipReason[]
  /** What the run would have judged, had it not ended before. */
  readonly unfinished: readonly {readonly name: string; readonly title: string}[]
  /** Why the run did not do what was asked. */
  readonly error?: ProblemData & {readonly exitCode: number}
  readonly leftBehind?: {readonly what: string; readonly command: string}
}

export interface ReportedCheck extends Omit<CheckResult, 'check' | 'evidence'> {
  readonly name: string
  readonly evidence: readonly string[]
}

/** Its verdicts as the run gave them. */
export function verdictsOf({checks}: VerifyReport): readonly CheckResult[] {
  return checks.map(({name, ...rest}) => ({check: name, ...rest}))
}

/** What the outcome does not know of its run. */
export interface RunNote {
  readonly toolVersion: string
  readonly tier: Tier
  readonly started: Date
  /** From then until now, what was observed before the run included. */
  readonly seconds: number
}

/** The report of a run, however it ended. */
export function reportOfOutcome(outcome: Outcome, plan: Plan, note: RunNote): VerifyReport {
  const {cluster, status, problem, leftBehind} = outcome
  const checks = inOrder(outcome.checks, plan)
  return {
    ...head(note),
    cluster,
    ...(plan.runId !== undefined && {runId: plan.runId}),
    status: status === 'done' || status === 'already' ? 'passed' : status,
    exitCode: exitCodeOfOutcome(outcome),
    ...body(checks),
    unfinished: unfinished(outcome, plan),
    ...(problem && errorDocument(problem)),
    ...(leftBehind && {leftBehind}),
  }
}

/** The report of a run that ended before there was a plan. */
export function reportOfProblem(
  problem: ProblemData,
  note: RunNote & {readonly cluster?: string | undefined},
): VerifyReport {
  const exitCode = exitCodeOf(problem)
  return {
    ...head(note),
    ...(note.cluster !== undefined && {cluster: note.cluster}),
    status: problem.name === 'interrupted' ? 'interrupted' : 'failed',
    exitCode,
    ...body([]),
    unfinished: [],
    ...errorDocument(problem),
  }
}

function head({toolVersion, tier, started, seconds}: RunNote) {
  return {
    version: 1,
    tool: {name: 'k8s-local', version: toolVersion},
    tier,
    started: started.toISOString(),
    seconds: Math.round(seconds * 1000) / 1000,
  } as const
}

function body(checks: readonly CheckResult[]): Pick<VerifyReport, 'counts' | 'checks' | 'skipped'> {
  const count = (wanted: CheckResult['status']) => checks.filter(({status}) => status === wanted).length
  return {
    counts: {pass: count('pass'), warn: count('warn'), fail: count('fail'), error: count('error'), skip: count('skip')},
    checks: checks.map(reported),
    skipped: skipReasons(checks),
  }
}

/** What people look for first stands first. */
function reported(result: CheckResult): ReportedCheck {
  const {check, id, title, subject, tier, severity, status, summary, evidence = [], cause, fix, code, seconds} = result
  return {
    ...(id !== undefined && {id}),
    name: check,
    title,
    subject,
    ...(tier !== undefined && {tier}),
    ...(severity !== undefined && {severity}),
    status,
    summary,
    evidence,
    ...(cause !== undefined && {cause}),
    ...(fix !== undefined && {fix}),
    ...(code !== undefined && {code}),
    seconds,
  }
}

/** Checks end in any order; two runs on the same cluster have theirs in the same. */
function inOrder(checks: readonly CheckResult[], {steps}: Plan): readonly CheckResult[] {
  const names = steps.flatMap(({action}) => (action.type === 'check' ? [action.request.check] : []))
  return checks.toSorted(
    (a, b) =>
      names.indexOf(a.check) - names.indexOf(b.check) || a.subject.localeCompare(b.subject, 'en', {numeric: true}),
  )
}

function unfinished(outcome: Outcome, plan: Plan): VerifyReport['unfinished'] {
  const ended = new Set(
    outcome.steps.flatMap(({id, status}) => (status === 'done' || status === 'already' ? [id] : [])),
  )
  return plan.steps.flatMap(({id, title, action}) =>
    action.type === 'check' && !ended.has(id) ? [{name: action.request.check, title}] : [],
  )
}
