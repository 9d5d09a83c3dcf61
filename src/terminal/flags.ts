import {boolean, string} from '@oclif/core/flags'
import type {FlagInput} from '@oclif/core/interfaces'
import type {Field, Fields, RawInput, RawValue} from '../spec/field.ts'
import {optionFields} from './run-options.ts'

/** A flag for every field. oclif only splits the command line: values are judged by the field's own parse, all findings at once. */
export function toFlags(fields: Fields, {group}: {readonly group?: string} = {}): FlagInput {
  const helpGroup = group === undefined ? {} : {helpGroup: group}
  return Object.fromEntries(Object.values(fields).map((field) => [field.flag, {...toFlag(field), ...helpGroup}]))
}

/** The options of how a command goes about its work, in a section of their own. */
export function runFlags(): FlagInput {
  return toFlags(optionFields, {group: 'RUN'})
}

/**
 * The command line with a value after every flag that stands alone but could have one: for oclif a flag always has a value or never. `flags` are those of the
 * command; oclif has none where it declares none.
 */
export function withValues(argv: readonly string[], fields: Fields, flags: FlagInput = {}): string[] {
  const alone = new Map(
    Object.values(fields).flatMap((field) => (field.alone === undefined ? [] : [[`--${field.flag}`, field.alone]])),
  )
  const end = argv.includes('--') ? argv.indexOf('--') : argv.length
  return argv.flatMap((word, index) => {
    const value = index < end && word.slice(2) in flags ? alone.get(word) : undefined
    return value === undefined ? [word] : [word, value]
  })
}

/** What was said by flags, by key of the field table. */
export function readFlags(fields: Fields, flags: Readonly<Record<string, unknown>>): RawInput {
  const said = Object.entries(fields).flatMap(([key, {flag}]): [string, RawValue][] => {
    const value = flags[flag]
    return value === undefined ? [] : [[key, {value, from: `--${flag}`}]]
  })
  return Object.fromEntries(said)
}

/** What was said by position: the argument has the name of the field's key. */
export function readArguments(args: Readonly<Record<string, unknown>>): RawInput {
  const said = Object.entries(args).filter(([, value]) => value !== undefined)
  return Object.fromEntries(said.map(([key, value]) => [key, {value, from: key.toUpperCase()}]))
}

function toFlag(field: Field): FlagInput[string] {
  const description = `${field.describe}${longChoices(field)}${defaultText(field)}`
  const char = field.char === undefined ? {} : {char: field.char as 'a'}
  if (field.kind === 'boolean') return boolean({...char, description, allowNo: field.default === true})
  const helpValue = valueText(field)
  if (field.kind === 'list') return string({...char, description, helpValue, multiple: true, multipleNonGreedy: true})
  return string({...char, description, helpValue})
}

function valueText(field: Field): string {
  if (choicesText(field) !== '' && longChoices(field) === '') return choicesText(field)
  return field.kind === 'integer' ? 'N' : field.flag.toUpperCase()
}

function choicesText({choices = []}: Field): string {
  return choices.map(({value}) => value).join('|')
}

/** Choices that would widen the column of all flags are told in the description. */
function longChoices(field: Field): string {
  const text = choicesText(field)
  return text.length > 24 ? `: ${text.replaceAll('|', ', ')}` : ''
}

function defaultText({default: value}: Field): string {
  return typeof value === 'string' || typeof value === 'number' ? ` [default: ${value}]` : ''
}
