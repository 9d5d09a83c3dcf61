import {type Finding, Problem} from '../problem.ts'
import type {DefaultedField} from './field-kinds.ts'
import type {Field, Fields, RawInput} from './field.ts'
import {nearestName} from './nearest-name.ts'

/** The values of a table of fields: without a default, a value may be absent. */
export type ValuesOf<F extends Fields> = {
  readonly [K in keyof F]: F[K] extends DefaultedField<infer T>
    ? T
    : F[K] extends Field<infer T>
      ? T | undefined
      : never
}

/** What was read, and all that is wrong with it; where something is wrong the value is the default, so that reading can go on. */
export interface Reading<F extends Fields> {
  readonly values: ValuesOf<F>
  readonly findings: readonly Finding[]
}

/** Reads every field, and names keys that no field has. Throws nothing: rules across fields add their findings first. */
export function collectFields<F extends Fields>(fields: F, raw: RawInput): Reading<F> {
  const findings: Finding[] = unknownKeys(fields, raw)
  const values = Object.entries<Field>(fields).map(([key, field]) => {
    const given = raw[key]
    if (given === undefined) return [key, field.default]
    const parsed = field.parse(given.value)
    if ('value' in parsed) return [key, parsed.value]
    findings.push({at: given.from, message: parsed.fault})
    return [key, field.default]
  })
  return {values: Object.fromEntries(values) as ValuesOf<F>, findings}
}

/** The values of all fields. Throws `invalid-input` with everything that is wrong. */
export function readFields<F extends Fields>(fields: F, raw: RawInput): ValuesOf<F> {
  const {values, findings} = collectFields(fields, raw)
  refuse(findings)
  return values
}

/** Throws `invalid-input` when there are findings: the one finding as the message, or their number with all of them below. */
export function refuse(findings: readonly Finding[]): void {
  const [first, ...others] = findings
  if (first === undefined) return
  const message =
    others.length === 0
      ? `${first.at}: ${first.message}`
      : `${findings.length} things are wrong with what was asked for`
  const suggestions = findings.flatMap(({fix}) => (fix === undefined ? [] : [fix]))
  throw new Problem('invalid-input', {message, findings, suggestions: [...new Set(suggestions)]})
}

/** Where a finding about a field points: to the place of its value, else to the flag that would give one. */
export function placeOf(fields: Fields, raw: RawInput, key: string): string {
  return raw[key]?.from ?? `--${fields[key]?.flag ?? key}`
}

function unknownKeys(fields: Fields, raw: RawInput): Finding[] {
  const known = Object.keys(fields)
  return Object.entries(raw)
    .filter(([key]) => !known.includes(key))
    .map(([key, {from}]) => {
      const near = nearestName(key, known)
      return {
        at: from,
        message: `there is no '${key}'`,
        fix: near === undefined ? `Use one of: ${known.join(', ')}` : `Write ${near}`,
      }
    })
}
