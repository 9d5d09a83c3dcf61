import type {Field} from './field.ts'
import {nearestName} from './nearest-name.ts'

/** What a field makes of a raw value. */
export type Parsed<T> = {readonly value: T} | {readonly fault: string}

/** What is said of a field, whatever its kind. The wizard asks it only when `wizard` is given. */
type About = Pick<Field, 'flag' | 'char' | 'ask' | 'describe'> & {readonly wizard?: true}

/** A field that always has a value. */
export type DefaultedField<T> = Field<T> & {readonly default: T}

/** The field, with what counts when nobody says anything. */
export function withDefault<T>(value: NoInfer<T>, field: Field<T>): DefaultedField<T> {
  return {...field, default: value}
}

interface Choice<T extends string> {
  readonly value: T
  readonly title: string
  readonly summary: string
}

/** One of several names. */
export function choice<T extends string>(about: About & {readonly choices: readonly Choice<T>[]}): Field<T> {
  const names = about.choices.map(({value}) => value)
  const parse = (raw: unknown): Parsed<T> => {
    const known = names.find((name) => name === raw)
    if (known !== undefined) return {value: known}
    const near = typeof raw === 'string' ? nearestName(raw, names) : undefined
    return {
      fault: `${shown(raw)} is not one of ${names.join(', ')}${near === undefined ? '' : ` (did you mean ${near}?)`}`,
    }
  }
  return {...made('choice', about, parse), choices: about.choices}
}

/** A whole number, `min` to `max`; with `only`, one of these. */
export function integer(
  about: About & {readonly min: number; readonly max: number; readonly only?: readonly number[]},
): Field<number> {
  const {min, max, only} = about
  const wanted = only ? `one of ${only.join(', ')}` : `a whole number from ${min} to ${max}`
  return made('integer', about, (raw) => {
    const number = typeof raw === 'string' && /^-?\d+$/.test(raw.trim()) ? Number(raw) : raw
    const right = typeof number === 'number' && Number.isInteger(number) && number >= min && number <= max
    return right && (!only || only.includes(number)) ? {value: number} : {fault: `${shown(raw)} is not ${wanted}`}
  })
}

/** A text, or whatever `read` makes of it. */
export function text<T>(about: About & {readonly read: (raw: unknown) => Parsed<T>}): Field<T> {
  return made('text', about, about.read)
}

/** Several values: a flag given several times, a list in a file, or texts with commas. `none` is the empty list. With `separator` something else than a comma is between values. */
export function list<T>(
  about: About & {readonly item: (raw: unknown) => Parsed<T>; readonly separator?: RegExp},
): Field<readonly T[]> {
  return made('list', about, (raw) => {
    const items = rawItems(raw, about.separator ?? /,/).map((item) => about.item(item))
    const faults = items.flatMap((item) => ('fault' in item ? [item.fault] : []))
    if (faults.length > 0) return {fault: faults.join('; ')}
    return {value: items.flatMap((item) => ('value' in item ? [item.value] : []))}
  })
}

/** Yes or no. */
export function boolean(about: About): Field<boolean> {
  return made('boolean', about, (raw) => {
    const word = typeof raw === 'string' ? raw.trim().toLowerCase() : raw
    if (word === true || word === 'true' || word === 'yes' || word === '1') return {value: true}
    if (word === false || word === 'false' || word === 'no' || word === '0') return {value: false}
    return {fault: `${shown(raw)} is neither true nor false`}
  })
}

/** A raw value as a message shows it. */
export function shown(raw: unknown): string {
  if (raw === undefined || raw === null || raw === '') return 'an empty value'
  return typeof raw === 'string' ? `'${raw}'` : JSON.stringify(raw)
}

function rawItems(raw: unknown, separator: RegExp): readonly unknown[] {
  const given: readonly unknown[] = Array.isArray(raw) ? raw : [raw]
  const items = given.flatMap((item) =>
    typeof item === 'string' ? item.split(separator).map((part) => part.trim()) : [item],
  )
  return items.length === 1 && (items[0] === 'none' || items[0] === '') ? [] : items
}

function made<T>(kind: Field['kind'], {flag, char, ask, describe, wizard}: About, parse: Field<T>['parse']): Field<T> {
  return {flag, kind, ask, describe, wizard: wizard ?? false, parse, ...(char !== undefined && {char})}
}
