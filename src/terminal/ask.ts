import type {Field, Fields, RawInput} from '../spec/field.ts'
import type {Prompter} from './prompter.ts'

/** Asks for what nobody has said yet, in the table's order, which is by consequence; gives back the answers alone. */
export async function askFields(fields: Fields, said: RawInput, prompter: Prompter): Promise<RawInput> {
  const answers: Record<string, RawInput[string]> = {}
  for (const [key, field] of Object.entries(fields)) {
    if (!field.wizard || said[key] !== undefined) continue
    answers[key] = {value: await askField(field, prompter), from: `the question "${field.ask}"`}
  }
  return answers
}

/** The raw answer to one field's question; what the field itself would refuse is refused at the prompt. */
export async function askField(field: Field, prompter: Prompter): Promise<unknown> {
  const message = field.ask
  switch (field.kind) {
    case 'choice':
      return prompter.select({
        message,
        choices: (field.choices ?? []).map(({value, title, summary}) => ({value, name: title, description: summary})),
        ...(field.default === undefined ? {} : {default: String(field.default)}),
      })
    case 'boolean':
      return prompter.confirm({message, default: field.default === true})
    case 'list':
      return askList(field, prompter)
    case 'integer':
    case 'text':
      return prompter.input({message, fault: (text) => faultOf(field, text), ...(field.default === undefined ? {} : {default: String(field.default)})})
  }
}

async function askList(field: Field, prompter: Prompter): Promise<readonly string[]> {
  const items: string[] = []
  for (;;) {
    const message = `${items.length === 0 ? field.ask : `${field.ask}, another`} (empty: no more)`
    const item = await prompter.input({message, fault: (text) => (text === '' ? undefined : faultOf(field, [...items, text]))})
    if (item === '') return items
    items.push(item)
  }
}

function faultOf(field: Field, raw: unknown): string | undefined {
  const parsed = field.parse(raw)
  return 'fault' in parsed ? parsed.fault : undefined
}
