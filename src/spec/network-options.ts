import type {NetworkOption} from '../catalog/network/network-option.ts'
import type {CatalogOption} from '../catalog/option.ts'
import {text} from './field-kinds.ts'
import type {Field, Fields} from './field.ts'
import {flagOf, optionField} from './option-field.ts'
import {readText} from './texts.ts'

type Types = Readonly<Record<string, NetworkOption>>

/** The options of one type as fields, with the type's own bounds and choices. */
export function optionFieldsOf({options}: NetworkOption): Fields {
  return Object.fromEntries(Object.entries(options).map(([key, option]) => [key, optionField(key, option)]))
}

/** Every option of any type as a field for the command line. Options of one key share a flag: what it takes is judged by the type. */
export function optionFields(types: Types): Fields {
  const keys = new Set(Object.values(types).flatMap(({options}) => Object.keys(options)))
  return Object.fromEntries([...keys].map((key) => [key, sharedField(key, types)]))
}

/** The types that have an option, by their names. */
export function typesWith(key: string, types: Types): readonly string[] {
  return Object.entries(types)
    .filter(([, {options}]) => key in options)
    .map(([name]) => name)
}

function sharedField(key: string, types: Types): Field {
  const owners = typesWith(key, types)
  const options = owners.flatMap((type) => types[type]?.options[key] ?? [])
  const [first] = options
  if (first === undefined || options.some(({kind}) => kind !== first.kind))
    throw new Error(`the option ${key} is not of one kind in ${owners.join(', ')}`)
  const describe = describeAll(key, owners, types)
  const isAlike = new Set(options.map((option) => JSON.stringify(boundsOf(option)))).size === 1
  if (isAlike || first.kind === 'boolean') return {...optionField(key, first), describe, wizard: false}
  return text({flag: flagOf(key), ask: first.ask, describe, read: readAny})
}

/** Numbers and words alike: the type's own field reads it again. */
function readAny(raw: unknown) {
  return typeof raw === 'number' ? {value: String(raw)} : readText(raw)
}

/** What each type says of it, said once where several say the same. */
function describeAll(key: string, owners: readonly string[], types: Types): string {
  const said = new Map<string, string[]>()
  for (const owner of owners) {
    const option = types[owner]?.options[key]
    const words = option ? `${option.describe}${choicesText(option, owners.length > 1)}` : ''
    said.set(words, [...(said.get(words) ?? []), owner])
  }
  return [...said].map(([words, of]) => `${words} (${of.join(', ')})`).join('; ')
}

function choicesText(option: CatalogOption, isShared: boolean): string {
  return option.kind === 'choice' && isShared ? `: ${Object.keys(option.choices).join(', ')}` : ''
}

function boundsOf(option: CatalogOption): unknown {
  if (option.kind === 'integer') return [option.min, option.max]
  return option.kind === 'choice' ? Object.keys(option.choices) : option.kind
}
