import type {Rule} from '../lint/rule.ts'
import type {LintResult, ShownFinding} from './lint-result.ts'

const levels = {error: 'error', warn: 'warning', info: 'note'} as const

/** SARIF 2.1.0 (OASIS), as code scanning takes it; every rule that was broken is described. */
export function presentLintAsSarif({findings, unread}: LintResult, rules: readonly Rule[]): string {
  const broken = rules.filter(({code}) => findings.some((finding) => finding.code === code))
  const document = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {driver: {name: 'k8s-local net lint', rules: broken.map(describe)}},
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: unread.length === 0,
            toolExecutionNotifications: unread.map(({file, reason}) => ({
              level: 'error',
              message: {text: reason},
              locations: [{physicalLocation: {artifactLocation: {uri: toUri(file)}}}],
            })),
          },
        ],
        results: findings.map((finding) => toResult(finding, broken)),
      },
    ],
  }
  return JSON.stringify(document, undefined, 2)
}

function describe({code, title, why, fix, severity}: Rule) {
  return {
    id: code,
    shortDescription: {text: title},
    fullDescription: {text: why},
    help: {text: fix},
    defaultConfiguration: {level: levels[severity]},
  }
}

function toResult(finding: ShownFinding, broken: readonly Rule[]) {
  const {code, severity, file, line, column, endLine, endColumn, message, fix} = finding
  return {
    ruleId: code,
    ruleIndex: broken.findIndex((rule) => rule.code === code),
    level: levels[severity],
    message: {text: `${message}. ${fix}`},
    locations: [
      {
        physicalLocation: {
          artifactLocation: {uri: toUri(file)},
          region: {startLine: line, startColumn: column, endLine, endColumn},
        },
      },
    ],
  }
}

function toUri(file: string): string {
  return file.split('/').map(encodeURIComponent).join('/')
}
