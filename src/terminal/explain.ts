import {exitCodes} from '../exit-kind.ts'
import type {Severity} from '../lint/rule.ts'
import {rules} from '../lint/rules/index.ts'
import {type ProblemName, problems} from '../problem-list.ts'
import {Problem} from '../problem.ts'
import type {Explanation} from './explanations/explanation.ts'
import {explanations} from './explanations.ts'
import {nearestName} from '../spec/nearest-name.ts'
import {topics} from './explain-topic.ts'
import {type Page, suggestionLines} from './present-problem.ts'
import {wrap} from './wrap.ts'

export interface ExplainedCode extends Explanation {
  readonly code: string
  readonly name: ProblemName
  readonly exitCode: number
}

/** A rule of net lint, under the same heads. */
export interface ExplainedRule extends Explanation {
  readonly code: string
  readonly name: string
  readonly severity: Severity
}

/** The text for a code (`KL-4006`, `KL-L304`, in any case) or a problem's name. @throws invalid-input when there is none */
export function explain(wanted: string): ExplainedCode | ExplainedRule {
  const rule = rules.find(({code}) => code === wanted.toUpperCase())
  if (rule) {
    const {code, title, severity, why, fix} = rule
    return {code, name: title, severity, means: why, causes: [], fixes: [fix, 'k8s-local net lint FILE says where']}
  }
  const names = Object.keys(problems) as ProblemName[]
  const name = names.find((one) => one === wanted.toLowerCase() || problems[one].code === wanted.toUpperCase())
  if (!name) throw unknownCode(wanted)
  return {code: problems[name].code, name, exitCode: exitCodes[problems[name].exit], ...explanations[name]}
}

/** The text for people. */
export function presentExplanation(explained: ExplainedCode | ExplainedRule, {width, style}: Page): string {
  const {code, name, means, causes, fixes} = explained
  const list = (heading: string, items: readonly string[]) =>
    items.length === 0
      ? []
      : [
          '',
          style.bold(heading),
          ...items.flatMap((item) =>
            suggestionLines(item, width - 4).map((line, index) => `${index === 0 ? '  - ' : '    '}${line}`),
          ),
        ]
  const weight = 'severity' in explained ? explained.severity : `exit code ${explained.exitCode}`
  return [
    style.bold(`${code} ${name} (${weight})`),
    ...wrap(means, width),
    ...list('Usual causes', causes),
    ...list('What helps', fixes),
  ].join('\n')
}

function unknownCode(wanted: string): Problem {
  const codes = [...Object.values(problems), ...rules].map(({code}) => code)
  const guess = nearestName(wanted.toUpperCase(), codes) ?? nearestName(wanted.toLowerCase(), topics)
  return new Problem('invalid-input', {
    message: `There is no code ${wanted}`,
    suggestions: [
      ...(guess ? [`k8s-local explain ${guess}`] : []),
      'Codes are KL- and four digits, as the errors print them, or KL-L and three, as net lint prints them',
      `Words are: ${topics.join(', ')}`,
    ],
  })
}
