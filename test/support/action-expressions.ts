import {runInNewContext} from 'node:vm'

/** What an expression of an action can name. */
export interface ActionContexts {
  readonly inputs: Readonly<Record<string, string>>
  readonly steps: Readonly<Record<string, StepContext>>
  readonly strategy: Readonly<Record<string, string>>
  readonly cancelled: boolean
}

export interface StepContext {
  readonly outputs: Readonly<Record<string, string>>
  readonly outcome: Outcome
}

export type Outcome = 'success' | 'failure' | 'cancelled' | 'skipped'

/** A text with every `${{ … }}` replaced by its value. */
export function resolveText(text: string, contexts: ActionContexts): string {
  return text.replaceAll(/\$\{\{(.*?)\}\}/g, (_, expression: string) => String(evaluate(expression, contexts)))
}

/** Whether a step runs: without a status function in it, only while all went well (as actions/runner has it). */
export function resolveIf(condition: string | undefined, contexts: ActionContexts): boolean {
  const text = (condition ?? 'success()').replaceAll(/\$\{\{(.*?)\}\}/g, '$1')
  const whole = /\b(?:always|success|failure|cancelled)\(\)/.test(text) ? text : `success() && (${text})`
  return Boolean(evaluate(whole, contexts))
}

type Value = string | boolean

/**
 * Properties, texts in single quotes, status functions, brackets, ==, !=, && and ||: what the action uses of GitHub's language. JavaScript has the same
 * precedences and takes the same texts for true, so every name becomes its value and JavaScript does the rest.
 */
function evaluate(expression: string, contexts: ActionContexts): Value {
  const script = expression.replaceAll(tokens, (found) =>
    /^[\w']/.test(found) ? JSON.stringify(valueOf(found, contexts)) : `${found}${/^[!=]/.test(found) ? '=' : ''}`,
  )
  return runInNewContext(script) as Value
}

const tokens = /'(?:[^']|'')*'|[A-Za-z_][\w.-]*(?:\(\))?|==|!=/g

function valueOf(token: string, {inputs, steps, strategy, cancelled}: ActionContexts): Value {
  if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'")
  const failed = Object.values(steps).some(({outcome}) => outcome === 'failure')
  const statuses: Readonly<Record<string, boolean>> = {
    'always()': true,
    'cancelled()': cancelled,
    'failure()': failed && !cancelled,
    'success()': !failed && !cancelled,
  }
  const status = statuses[token]
  if (status !== undefined) return status
  const [context = '', name = '', member, output = ''] = token.split('.')
  if (context === 'inputs') return given(inputs[name], token)
  if (context === 'strategy') return given(strategy[name], token)
  if (context === 'steps' && member === 'outcome') return steps[name]?.outcome ?? ''
  if (context === 'steps' && member === 'outputs') return steps[name]?.outputs[output] ?? ''
  throw new Error(`nothing is called ${token}`)
}

/** GitHub takes a misspelt name for an empty text; a test had better not. */
function given(value: string | undefined, token: string): string {
  if (value === undefined) throw new Error(`nothing is called ${token}`)
  return value
}
