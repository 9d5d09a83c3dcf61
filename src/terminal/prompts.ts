import {confirm, input, select} from '@inquirer/prompts'
import {Problem} from '../problem.ts'
import type {Prompter} from './prompter.ts'

/**
 * Prompts on the terminal: questions go to stderr, for stdout is the result's.
 * @throws interrupted on Ctrl-C, and when the signal aborts
 */
export function makePrompter(signal: AbortSignal): Prompter {
  const context = {input: process.stdin, output: process.stderr, signal}
  return {
    select: async (question) => answer(select({...question, choices: [...question.choices], loop: false}, context)),
    input: async ({fault, ...question}) =>
      answer(input({...question, validate: (text) => fault(text) ?? true}, context)),
    confirm: async (question) => answer(confirm(question, context)),
  }
}

async function answer<T>(prompt: Promise<T>): Promise<T> {
  try {
    return await prompt
  } catch (error) {
    // By name: the class is not exported where prompts are (@inquirer/core 10, errors.ts).
    if (error instanceof Error && ['ExitPromptError', 'AbortPromptError'].includes(error.name)) {
      throw new Problem('interrupted', {message: 'Stopped at a question: nothing was done'})
    }
    throw error
  }
}
