import {severities} from '../lint/rule.ts'
import {boolean, choice, withDefault} from '../spec/field-kinds.ts'
import type {Fields} from '../spec/field.ts'
import {worldFields} from './run-options.ts'
import {targetFields} from './target.ts'

const formats = {
  table: 'for people',
  json: 'one document, the same as --json',
  github: 'annotations of GitHub Actions',
  sarif: 'SARIF 2.1.0, for code scanning',
  junit: 'JUnit XML, for build servers',
} as const

export type LintFormat = keyof typeof formats

export const lintFields = {
  fix: withDefault(
    false,
    boolean({
      flag: 'fix',
      ask: 'Mend what is safe',
      describe: 'Mend what is safe, in the files themselves; comments and all else stay as they are',
    }),
  ),
  format: withDefault(
    'table',
    choice({
      flag: 'format',
      ask: 'Format',
      describe: 'How findings are printed',
      choices: (Object.keys(formats) as LintFormat[]).map((value) => ({value, title: value, summary: formats[value]})),
    }),
  ),
  failOn: withDefault(
    'error',
    choice({
      flag: 'fail-on',
      ask: 'Fail on',
      describe: 'Exit with 1 when there is a finding this bad or worse',
      choices: severities.map((value) => ({value, title: value, summary: ''})),
    }),
  ),
  listRules: withDefault(
    false,
    boolean({flag: 'list-rules', ask: 'List the rules', describe: 'Print every rule and judge nothing'}),
  ),
  ...targetFields,
  ...worldFields,
} as const satisfies Fields
