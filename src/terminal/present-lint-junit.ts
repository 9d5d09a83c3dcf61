import type {LintResult, ShownFinding} from './lint-result.ts'

/** JUnit XML: a suite for each file, a test case for each finding; only what is at or above the threshold counts as a failure. */
export function presentLintAsJunit(result: LintResult): string {
  const {files, unread} = result
  const suites = [
    ...unread.map(({file, reason}) =>
      suite(file, [testcase(file, 'readable', `<error message="${escape(reason)}"/>`)], {errors: 1, failures: 0}),
    ),
    ...files.map((file) => fileSuite(file, result)),
  ]
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites name="k8s-local net lint">',
    ...suites,
    '</testsuites>',
  ].join('\n')
}

function fileSuite(file: string, {findings, failOn}: LintResult): string {
  const own = findings.filter((finding) => finding.file === file)
  const order = ['error', 'warn', 'info']
  const failed = own.filter(({severity}) => order.indexOf(severity) <= order.indexOf(failOn))
  if (own.length === 0) return suite(file, [testcase(file, 'no findings')], {errors: 0, failures: 0})
  const cases = own.map((finding) =>
    testcase(file, title(finding), failed.includes(finding) ? failure(finding) : told(finding)),
  )
  return suite(file, cases, {errors: 0, failures: failed.length})
}

function title({code, line, column}: ShownFinding): string {
  return `${code} at ${line}:${column}`
}

function failure({severity, code, message, fix, file, line, column}: ShownFinding): string {
  return `<failure type="${code}" message="${escape(message)}">${escape(`${severity} ${file}:${line}:${column}\n${fix}`)}</failure>`
}

function told({message, fix}: ShownFinding): string {
  return `<system-out>${escape(`${message}\n${fix}`)}</system-out>`
}

function suite(name: string, cases: readonly string[], {errors, failures}: {errors: number; failures: number}): string {
  const numbers = `tests="${cases.length}" failures="${failures}" errors="${errors}"`
  return [`  <testsuite name="${escape(name)}" ${numbers}>`, ...cases, '  </testsuite>'].join('\n')
}

function testcase(file: string, name: string, inside = ''): string {
  const start = `    <testcase classname="${escape(file)}" name="${escape(name)}"`
  return inside === '' ? `${start}/>` : `${start}>${inside}</testcase>`
}

/** Control characters that XML 1.0 cannot hold are left out. */
function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD]/g, '')
}
