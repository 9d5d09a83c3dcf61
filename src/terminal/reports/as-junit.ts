import {type JunitCase, type JunitSuite, junitXml} from '../junit-xml.ts'
import type {ReportedCheck, VerifyReport} from './verify-report.ts'

/**
 * JUnit XML: a suite for each check, a test case for each subject. A warning is a case that passed, with its words in the output, for JUnit knows no
 * warnings. Why the run ended early is an error of a suite of its own, and what it did not reach is skipped.
 */
export function asJunit(report: VerifyReport): string {
  const {checks, unfinished, error, started} = report
  const names = [...new Set([...checks, ...unfinished].map(({name}) => name))]
  const suites = names.map((name): JunitSuite => {
    const own = checks.filter((check) => check.name === name)
    const rest = unfinished.filter((check) => check.name === name)
    return {
      name,
      timestamp: started,
      properties: {...runProperties(report), ...checkProperties(own[0])},
      cases: [...own.map(caseOf), ...rest.map(({title}) => unfinishedCase(name, title))],
    }
  })
  const ended: readonly JunitSuite[] = error
    ? [{name: 'run', timestamp: started, properties: runProperties(report), cases: [problemCase(error)]}]
    : []
  return junitXml('k8s-local verify', [...ended, ...suites])
}

function runProperties({cluster, runId, tier, tool}: VerifyReport): Readonly<Record<string, string>> {
  return {
    ...(cluster !== undefined && {cluster}),
    ...(runId !== undefined && {runId}),
    tier,
    version: tool.version,
  }
}

function checkProperties(check: ReportedCheck | undefined): Readonly<Record<string, string>> {
  const {id, severity} = check ?? {}
  return {...(id !== undefined && {id}), ...(severity !== undefined && {severity})}
}

function caseOf(check: ReportedCheck): JunitCase {
  const {name, title, subject, seconds, evidence, status, summary} = check
  const output = [...(status === 'warn' ? [`warning: ${summary}`, ...advice(check)] : []), ...evidence].join('\n')
  const trouble = troubleOf(check)
  return {
    classname: name,
    name: subject ? `${title}: ${subject}` : title,
    seconds,
    ...(trouble && {trouble}),
    ...(output !== '' && {output}),
  }
}

function troubleOf(check: ReportedCheck): JunitCase['trouble'] {
  const {status, summary, name, code = name} = check
  if (status === 'pass' || status === 'warn') return undefined
  if (status === 'skip') return {kind: 'skipped', message: summary}
  const kind = status === 'fail' ? 'failure' : 'error'
  return {kind, type: code, message: summary, text: [summary, ...advice(check)].join('\n')}
}

function advice({cause, fix, code}: ReportedCheck): readonly string[] {
  return [
    ...(cause ? [`why: ${cause}`] : []),
    ...(fix ? [`try: ${fix}`] : []),
    ...(code ? [`see: k8s-local explain ${code}`] : []),
  ]
}

function unfinishedCase(classname: string, name: string): JunitCase {
  return {classname, name, trouble: {kind: 'skipped', message: 'not judged: the run ended before'}}
}

function problemCase({code, message, cause, suggestions}: NonNullable<VerifyReport['error']>): JunitCase {
  const text = [message, ...(cause ? [`why: ${cause}`] : []), ...suggestions.map((one) => `try: ${one}`)].join('\n')
  return {classname: 'run', name: 'The run comes to its end', trouble: {kind: 'error', type: code, message, text}}
}
