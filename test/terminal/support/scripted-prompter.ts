import type {Prompter} from '../../../src/terminal/prompter.ts'

/** Somebody who answers from a list, in order; an empty answer takes what is proposed. What was asked is kept. */
export interface ScriptedPrompter extends Prompter {
  readonly asked: readonly string[]
}

export function answerWith(...answers: readonly (string | boolean)[]): ScriptedPrompter {
  const asked: string[] = []
  const left = [...answers]
  const next = <T>(message: string, proposal: T): string | boolean | T => {
    asked.push(message)
    if (left.length === 0) throw new Error(`no answer left for: ${message}\nasked: ${asked.join(' | ')}`)
    const answer = left.shift() as string | boolean
    return answer === '' ? proposal : answer
  }
  return {
    asked,
    select: async ({message, choices, default: preset}) => {
      const answer = String(next(message, preset ?? choices[0]?.value ?? ''))
      if (!choices.some(({value, disabled}) => value === answer && disabled === undefined))
        throw new Error(`${message} has no choice ${answer}`)
      return answer
    },
    input: async ({message, default: preset, fault}) => {
      const answer = String(next(message, preset ?? ''))
      const wrong = fault(answer)
      if (wrong !== undefined) throw new Error(`${message}: ${wrong}`)
      return answer
    },
    confirm: async ({message, default: preset}) => next(message, preset) === true,
  }
}
