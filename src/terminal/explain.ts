import {exitCodes} from '../exit-kind.ts'
import {type ProblemName, problems} from '../problem-list.ts'
import {Problem} from '../problem.ts'
import {type Explanation, explanations} from './explanations.ts'
import {nearestName} from '../spec/nearest-name.ts'
import {type Page, suggestionLines} from './present-problem.ts'
import {wrap} from './wrap.ts'

export interface ExplainedCode extends Explanation {
  readonly code: string
  readonly name: ProblemName
  readonly exitCode: number
}

/** The text for a code (`KL-4006`, in any case) or a problem's name. @throws invalid-input when there is none */
export function explain(wanted: string): ExplainedCode {
  const names = Object.keys(problems) as ProblemName[]
  const name = names.find((one) => one === wanted.toLowerCase() || problems[one].code === wanted.toUpperCase())
  if (!name) throw unknownCode(wanted)
  return {code: problems[name].code, name, exitCode: exitCodes[problems[name].exit], ...explanations[name]}
}

/** The text for people. */
export function presentExplanation(
  {code, name, exitCode, means, causes, fixes}: ExplainedCode,
  {width, style}: Page,
): string {
  const list = (heading: string, items: readonly string[]) => [
    style.bold(heading),
    ...items.flatMap((item) =>
      suggestionLines(item, width - 4).map((line, index) => `${index === 0 ? '  - ' : '    '}${line}`),
    ),
  ]
  return [
    style.bold(`${code} ${name} (exit code ${exitCode})`),
    ...wrap(means, width),
    '',
    ...list('Usual causes', causes),
    '',
    ...list('What helps', fixes),
  ].join('\n')
}

function unknownCode(wanted: string): Problem {
  const guess = nearestName(
    wanted.toUpperCase(),
    Object.values(problems).map(({code}) => code),
  )
  return new Problem('invalid-input', {
    message: `There is no code ${wanted}`,
    suggestions: [
      ...(guess ? [`k8s-local explain ${guess}`] : []),
      'Codes are KL- and four digits, as the errors print them',
    ],
  })
}
