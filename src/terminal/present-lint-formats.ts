import {rules} from '../lint/rules/index.ts'
import type {LintFormat} from './lint-input.ts'
import type {LintResult} from './lint-result.ts'
import {presentLint} from './present-lint.ts'
import {presentLintForGithub} from './present-lint-github.ts'
import {presentLintAsJunit} from './present-lint-junit.ts'
import {presentRules, rulesDocument} from './present-lint-rules.ts'
import {presentLintAsSarif} from './present-lint-sarif.ts'
import type {Page} from './present-problem.ts'

/** What was found in the format that was asked for, and the document that `--json` prints whatever the format. */
export function lintAnswer(result: LintResult, format: LintFormat, page: Page): Answer {
  const texts: Readonly<Record<LintFormat, () => string>> = {
    table: () => presentLint(result, page),
    json: () => JSON.stringify(result, undefined, 2),
    github: () => presentLintForGithub(result),
    sarif: () => presentLintAsSarif(result, rules),
    junit: () => presentLintAsJunit(result),
  }
  return {document: result, text: texts[format]()}
}

/** All rules: a table, or JSON. */
export function ruleListAnswer(format: LintFormat): Answer {
  const document = rulesDocument(rules)
  return {document, text: format === 'json' ? JSON.stringify(document, undefined, 2) : presentRules(rules)}
}

interface Answer {
  readonly document: object
  readonly text: string
}
