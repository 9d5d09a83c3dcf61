import {attachCauses} from '../checks/attach-causes.ts'
import type {CauseRow} from '../checks/causes/cause-row.ts'
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

/** Why a network refuses a pod, under the same heads. */
export interface ExplainedCause extends Explanation {
  readonly code: string
  readonly name: 'attach-cause'
  /** What Multus or the plugin says. */
  readonly says: string
}

export type Explained = ExplainedCode | ExplainedRule | ExplainedCause

/**
 * The text for a code (`KL-4006`, `KL-6029`, `KL-L304`, in any case), a problem's name, or the words of an event or a plugin.
 * @throws invalid-input when there is none
 */
export function explain(wanted: string): Explained {
  const cause = attachCauses.find(({code}) => code === wanted.toUpperCase())
  if (cause) return explainCause(cause, cause.says)
  const said = wanted.includes(' ') ? attachCauses.find(({text}) => text.test(wanted)) : undefined
  if (said) return explainCause(said, wanted)
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

function explainCause({code, text, cause, fix}: CauseRow, says: string): ExplainedCause {
  const found = text.exec(says) ?? []
  const means = `A network refuses a pod: ${cause(found)}.`
  return {code, name: 'attach-cause', says, means, causes: [], fixes: [fix(found)]}
}

/** The text for people. */
export function presentExplanation(explained: Explained, {width, style}: Page): string {
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
  return [
    style.bold(`${code} ${name}${weightOf(explained)}`),
    ...wrap(means, width),
    ...list('The words of Multus, or of the plugin', 'says' in explained ? [explained.says] : []),
    ...list('Usual causes', causes),
    ...list('What helps', fixes),
  ].join('\n')
}

function weightOf(explained: Explained): string {
  if ('severity' in explained) return ` (${explained.severity})`
  return 'exitCode' in explained ? ` (exit code ${explained.exitCode})` : ''
}

function unknownCode(wanted: string): Problem {
  const codes = [...Object.values(problems), ...rules, ...attachCauses].map(({code}) => code)
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
