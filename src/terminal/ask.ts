import type {Field, Fields, RawInput, RawValue} from '../spec/field.ts'
import type {Choice, Prompter} from './prompter.ts'

/** How a question is put: the reason for what is proposed; whether it may stay open, to be chosen later; what cannot be chosen, and why. */
export interface Manner {
  readonly reason?: string
  readonly open?: string
  readonly unavailable?: Unavailable
}

/** By choice: why it cannot be had here. */
export type Unavailable = Readonly<Partial<Record<string, string>>>

/** Asks the questions of these fields that nobody has answered. Those that are not `required` may stay open and are then left out. */
export async function askFields(
  fields: Fields,
  {
    said,
    required,
    unavailable = {},
  }: {
    readonly said: RawInput
    readonly required: readonly string[]
    /** By key. */
    readonly unavailable?: Readonly<Record<string, Unavailable>>
  },
  prompter: Prompter,
): Promise<RawInput> {
  const answers: Record<string, RawValue> = {}
  for (const [key, field] of Object.entries(fields)) {
    if (!field.wizard || said[key] !== undefined) continue
    const manner = {
      ...(!required.includes(key) && {open: 'chosen to fit'}),
      ...(unavailable[key] !== undefined && {unavailable: unavailable[key]}),
    }
    const answer = await askField(field, prompter, manner)
    if (answer.value !== '') answers[key] = answer
  }
  return answers
}

/** Kinds whose answer cannot be empty: one of a list, or yes and no. */
const withoutEmpty: readonly Field['kind'][] = ['choice', 'boolean']

/** The raw answer to one field's question; what the field itself would refuse is refused at the prompt. */
export async function askField(
  field: Field,
  prompter: Prompter,
  {reason, open, unavailable}: Manner = {},
): Promise<RawValue> {
  const empty = open !== undefined && !withoutEmpty.includes(field.kind) ? `empty: ${open}` : undefined
  const asides = [reason, empty].filter((aside) => aside !== undefined)
  const question = {
    message: asides.length === 0 ? field.ask : `${field.ask} (${asides.join('; ')})`,
    ...presetOf(field),
  }
  const fault = (text: string) => (text === '' && open !== undefined ? undefined : faultOf(field, text))
  const from = `the answer to "${field.ask}"`
  switch (field.kind) {
    case 'choice':
      return {value: await prompter.select({...question, choices: choicesOf(field, open, unavailable)}), from}
    case 'boolean':
      return {value: await prompter.confirm({message: question.message, default: field.default === true}), from}
    case 'list':
      // Where nothing is an answer too, one line with commas asks less than one question for each.
      if (open !== undefined) return {value: await prompter.input({...question, fault}), from}
      return {value: await askList(field, prompter), from}
    case 'integer':
    case 'text':
      return {value: await prompter.input({...question, fault}), from}
  }
}

/** The default as it would be typed. */
function presetOf({default: value}: Field): {readonly default?: string} {
  return typeof value === 'string' || typeof value === 'number' ? {default: String(value)} : {}
}

/** What is wrong with a raw value, in the field's own words. */
export function faultOf(field: Field, raw: unknown): string | undefined {
  const parsed = field.parse(raw)
  return 'fault' in parsed ? parsed.fault : undefined
}

function choicesOf({choices = []}: Field, open: string | undefined, unavailable: Unavailable = {}): readonly Choice[] {
  const later = open === undefined ? [] : [{value: '', name: `To be ${open}`}]
  const offered = choices.map(({value, title, summary}): Choice => {
    const reason = unavailable[value]
    return {value, name: title, description: summary, ...(reason !== undefined && {disabled: `(${reason})`})}
  })
  return [...later, ...offered]
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
