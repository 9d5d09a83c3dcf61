/** Questions to a person, one at a time. The real one is terminal/prompts; tests answer from a list. Throws interrupted when the person presses Ctrl-C. */
export interface Prompter {
  select(question: SelectQuestion): Promise<string>
  input(question: InputQuestion): Promise<string>
  confirm(question: {readonly message: string; readonly default: boolean}): Promise<boolean>
}

interface SelectQuestion {
  readonly message: string
  readonly choices: readonly Choice[]
  readonly default?: string
}

export interface Choice {
  readonly value: string
  readonly name: string
  /** Shown below the list while the choice is under the cursor. */
  readonly description?: string
  /** Why it cannot be chosen: shown beside it, in grey. */
  readonly disabled?: string
}

interface InputQuestion {
  readonly message: string
  readonly default?: string
  /** What is wrong with the answer, or nothing. */
  readonly fault: (answer: string) => string | undefined
}
