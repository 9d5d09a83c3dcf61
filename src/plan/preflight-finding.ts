import {type Finding, Problem} from '../problem.ts'
import type {ProblemName} from '../problem-list.ts'

/** One thing that stands in the way of a plan, and the failure it is when it is the only kind. */
export interface PreflightFinding extends Finding {
  readonly problem: ProblemName
}

/** What was found before anything is made: what forbids it, and what the user should only know. */
export interface Report {
  readonly findings: readonly PreflightFinding[]
  readonly notes: readonly string[]
}

export const clear: Report = {findings: [], notes: []}

export function mergeReports(...reports: readonly Report[]): Report {
  return {findings: reports.flatMap((report) => report.findings), notes: reports.flatMap((report) => report.notes)}
}

/**
 * Throws one Problem for all findings; returns when there are none. Findings of one kind become that Problem, those of several become
 * `preflight-failed`.
 */
export function refuse(findings: readonly PreflightFinding[]): void {
  const [first] = findings
  if (!first) return
  const names = [...new Set(findings.map(({problem}) => problem))]
  const name = names.length === 1 ? first.problem : 'preflight-failed'
  const fixes = [...new Set(findings.flatMap(({fix}) => fix ?? []))]
  throw new Problem(name, {
    message:
      findings.length === 1
        ? sentence(first.message)
        : (headlines[name] ?? `${findings.length} things stand in the way`),
    suggestions: fixes.slice(0, 3),
    findings: findings.map(({at, message, fix}) => ({at, message, ...(fix === undefined ? {} : {fix})})),
  })
}

const headlines: Partial<Record<ProblemName, string>> = {
  'invalid-input': 'What was asked for does not fit',
  'bundle-incomplete': 'The bundle lacks what this cluster needs',
  'artifact-unavailable': 'What this cluster needs cannot be had',
  'version-unsupported': 'Some versions are not supported',
  'cluster-differs': 'The cluster exists, and is not as asked for',
  'engine-network-conflict': 'Subnets overlap networks of the container engine',
}

/** Names of nodes, files and interfaces stay as they are written; only plain words begin a sentence with a capital. */
function sentence(text: string): string {
  return /^[a-z]+ /.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text
}
