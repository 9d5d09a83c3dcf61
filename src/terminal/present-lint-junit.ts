import {type JunitCase, type JunitSuite, junitXml} from './junit-xml.ts'
import type {LintResult, ShownFinding} from './lint-result.ts'

/** JUnit XML: a suite for each file, a test case for each finding; only what is at or above the threshold counts as a failure. */
export function presentLintAsJunit(result: LintResult): string {
  const {files, unread} = result
  return junitXml('k8s-local net lint', [
    ...unread.map(({file, reason}): JunitSuite => {
      const trouble = {kind: 'error', message: reason} as const
      return {name: file, cases: [{classname: file, name: 'readable', trouble}]}
    }),
    ...files.map((file) => fileSuite(file, result)),
  ])
}

function fileSuite(file: string, {findings, failOn}: LintResult): JunitSuite {
  const own = findings.filter((finding) => finding.file === file)
  const order = ['error', 'warn', 'info']
  const cases = own.map((finding) =>
    order.indexOf(finding.severity) <= order.indexOf(failOn) ? failed(finding) : told(finding),
  )
  return {name: file, cases: cases.length === 0 ? [{classname: file, name: 'no findings'}] : cases}
}

function failed(finding: ShownFinding): JunitCase {
  const {severity, code, message, fix, file, line, column} = finding
  const text = `${severity} ${file}:${line}:${column}\n${fix}`
  return {classname: file, name: title(finding), trouble: {kind: 'failure', type: code, message, text}}
}

function told(finding: ShownFinding): JunitCase {
  const {file, message, fix} = finding
  return {classname: file, name: title(finding), output: `${message}\n${fix}`}
}

function title({code, line, column}: ShownFinding): string {
  return `${code} at ${line}:${column}`
}
