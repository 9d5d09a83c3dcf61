import type {Field, Fields, RawInput, RawValue} from '../spec/field.ts'
import type {Prompter} from './prompter.ts'

/** Asks the questions of these fields that nobody has answered; one that may stay open is left out when the answer is empty. */
export async function askFields(fields: Fields, said: RawInput, prompter: Prompter): Promise<RawInput> {
  let answers: RawInput = {}
  for (const [key, field] of Object.entries(fields)) {
    if (!field.wizard || said[key] !== undefined) continue
    const answer = await askField(field, prompter)
    if (answer.value !== '') answers = {...answers, [key]: answer}
  }
  return answers
}

/** How a question is put: other words than the field's, the reason for what is proposed, another proposal. */
export interface Manner {
  readonly reason?: string
  readonly proposal?: string
}

/** The raw answer to one field's question; what the field itself would refuse is refused at the prompt. */
export async function askField(field: Field, prompter: Prompter, {reason, proposal}: Manner = {}): Promise<RawValue> {
  const preset = proposal ?? (field.default === undefined ? undefined : String(field.default))
  const question = {
    message: reason === undefined ? field.ask : `${field.ask} (${reason})`,
    ...(preset === undefined ? {} : {default: preset}),
  }
  const fault = (text: string) => faultOf(field, text)
  const from = `the answer to "${field.ask}"`
  switch (field.kind) {
    case 'choice':
      return {value: await prompter.select({...question, choices: choicesOf(field)}), from}
    case 'boolean':
      return {value: await prompter.confirm({message: question.message, default: field.default === true}), from}
    case 'list':
      return {value: await askList(field, prompter), from}
    case 'integer':
    case 'text':
      return {value: await prompter.input({...question, fault}), from}
  }
}

/** What is wrong with a raw value, in the field's own words. */
export function faultOf(field: Field, raw: unknown): string | undefined {
  const parsed = field.parse(raw)
  return 'fault' in parsed ? parsed.fault : undefined
}

function choicesOf({choices = []}: Field) {
  return choices.map(({value, title, summary}) => ({value, name: title, description: summary}))
}

async function askList(field: Field, prompter: Prompter): Promise<readonly string[]> {
  const items: string[] = []
  for (;;) {
    const message = items.length === 0 ? `${field.ask} (empty: none)` : 'One more (empty: no more)'
    const fault = (text: string) => (text === '' ? undefined : faultOf(field, [...items, text]))
    const item = await prompter.input({message, fault})
    if (item === '') return items
    items.push(item)
  }
}
