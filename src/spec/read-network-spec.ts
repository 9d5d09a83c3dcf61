import {networkTypes} from '../catalog/network/index.ts'
import type {NetworkOption} from '../catalog/network/network-option.ts'
import type {OptionValues} from '../catalog/option.ts'
import type {Finding} from '../problem.ts'
import {addressFindings} from './address-findings.ts'
import type {Fields, RawInput} from './field.ts'
import {networkFields, networkNameField, networkOptionFields, networkTypeField} from './network-fields.ts'
import {optionFieldsOf} from './network-options.ts'
import type {NetworkSpec} from './network-spec.ts'
import {collectFields, placeOf, refuse} from './read-fields.ts'
import {typeFindings} from './type-findings.ts'

const commonFields = {type: networkTypeField, name: networkNameField, ...networkFields} as const satisfies Fields

/** All fields of a network's spec, its two arguments and the options of every type among them. */
export const networkSpecFields: Fields = {...commonFields, ...networkOptionFields}

/** The network that arguments, flags and answers ask for, frozen. Throws `invalid-input` with everything that is wrong. */
export function readNetworkSpec(raw: RawInput): NetworkSpec {
  const isOption = ([key]: readonly [string, unknown]): boolean => key in networkOptionFields
  const {values, findings} = collectFields(
    commonFields,
    Object.fromEntries(Object.entries(raw).filter((entry) => !isOption(entry))),
  )
  const {type, name, namespace, ...others} = values
  if (type === undefined || name === undefined) {
    const missing = [...(type === undefined ? ['type'] : []), ...(name === undefined ? ['name'] : [])]
    const absent = missing.filter((key) => raw[key] === undefined)
    refuse([
      ...findings,
      ...absent.map((key) => ({at: key, message: `a network needs a ${key}`, fix: 'k8s-local net add macvlan NAME'})),
    ])
    throw new Error('a reading without type or name has findings')
  }
  const own = readOptions(networkTypes[type], Object.fromEntries(Object.entries(raw).filter(isOption)))
  const spec: NetworkSpec = {type, name, namespace, ...given(others), ...own.said}
  const at = (key: string): string => placeOf(networkSpecFields, raw, key)
  refuse([...findings, ...own.findings, ...typeFindings(spec, raw, at), ...addressFindings(spec, at)])
  return Object.freeze(spec)
}

/** What was said of the type's own options, by the type's own bounds. Options of other types are another finding. */
function readOptions(
  option: NetworkOption,
  raw: RawInput,
): {readonly said: {readonly options?: OptionValues}; readonly findings: readonly Finding[]} {
  const fields = optionFieldsOf(option)
  const said = Object.fromEntries(Object.entries(raw).filter(([key]) => key in fields))
  const {values, findings} = collectFields(fields, said)
  const options = given(Object.fromEntries(Object.entries(values).filter(([key]) => key in said))) as OptionValues
  return {said: Object.keys(options).length === 0 ? {} : {options}, findings}
}

/** Without what nobody said: no value, or a list that a file left empty. */
function given<T extends object>(values: T): Partial<{[K in keyof T]: Exclude<T[K], undefined>}> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0)),
  ) as Partial<{[K in keyof T]: Exclude<T[K], undefined>}>
}
