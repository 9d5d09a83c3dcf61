import {type ChainName, chainPlugins} from '../catalog/chain/index.ts'
import type {ChainOption} from '../catalog/chain/chain-option.ts'
import type {CatalogOption, OptionValue, OptionValues} from '../catalog/option.ts'
import {list, type Parsed, shown} from './field-kinds.ts'
import type {Field} from './field.ts'
import {nearestName} from './nearest-name.ts'
import type {ChainSpec} from './network-spec.ts'
import {flagOf, optionField} from './option-field.ts'

const names = Object.keys(chainPlugins) as readonly ChainName[]

/** Plugins behind the main one, in the order in which they are said. */
export const chainField: Field<readonly ChainSpec[]> = list({
  flag: 'chain',
  ask: 'Plugins behind it',
  describe: `A plugin behind it, NAME or NAME:KEY=VALUE,…; may be repeated. One of ${names.join(', ')}`,
  item: readChain,
  // Commas separate settings too: a plugin begins with its name.
  separator: new RegExp(`,(?=(?:${names.join('|')})(?:[:,]|$))`),
})

/** A plugin from `NAME:KEY=VALUE,…`, or `{plugin, options}` as a file has it. */
export function readChain(raw: unknown): Parsed<ChainSpec> {
  if (typeof raw === 'object' && raw !== null && 'plugin' in raw) {
    const {plugin, options = {}} = raw as {readonly plugin: unknown; readonly options?: unknown}
    return readParts(String(plugin), Object.entries((options ?? {}) as Readonly<Record<string, unknown>>), raw)
  }
  const [, name = '', settings = ''] = (typeof raw === 'string' ? /^([^:]*)(?::(.*))?$/.exec(raw) : null) ?? []
  const pairs = settings === '' ? [] : settings.split(',').map((pair): [string, unknown] => pairOf(pair))
  return readParts(name, pairs, raw)
}

/** A key alone switches something on. */
function pairOf(text: string): [string, unknown] {
  const at = text.indexOf('=')
  return at < 0 ? [text, 'true'] : [text.slice(0, at), text.slice(at + 1)]
}

function readParts(name: string, pairs: readonly (readonly [string, unknown])[], raw: unknown): Parsed<ChainSpec> {
  const plugin = names.find((one) => one === name)
  if (plugin === undefined) {
    const near = nearestName(name, names)
    return {
      fault: `${shown(raw)} names no plugin: use one of ${names.join(', ')}${near === undefined ? '' : ` (did you mean ${near}?)`}`,
    }
  }
  const {options}: ChainOption = chainPlugins[plugin]
  const read = pairs.map(([key, value]) => readSetting(plugin, options, key, value))
  const missing = Object.entries(options).filter(
    ([key, {required}]) => required === true && !pairs.some(([said]) => said === flagOf(key) || said === key),
  )
  const faults = [
    ...read.flatMap((one) => ('fault' in one ? [one.fault] : [])),
    ...missing.map(([key, {describe}]) => `${plugin} needs ${key}: ${describe}`),
  ]
  if (faults.length > 0) return {fault: faults.join('; ')}
  return {value: {plugin, options: gather(read.flatMap((one) => ('value' in one ? [one.value] : [])))}}
}

/** A value of one key, or an entry of a map. */
interface Setting {
  readonly key: string
  readonly value: OptionValue
}

function readSetting(
  plugin: string,
  options: Readonly<Record<string, CatalogOption>>,
  said: string,
  value: unknown,
): Parsed<Setting> {
  const map = Object.entries(options).find(([, option]) => option.kind === 'map' && said.startsWith(option.prefix))
  if (map) return {value: {key: map[0], value: {[said]: String(value)}}}
  // A file may have the map as the specification has it.
  if (options[said]?.kind === 'map' && typeof value === 'object' && value !== null)
    return {value: {key: said, value: value as Readonly<Record<string, string>>}}
  const known = Object.entries(options).find(
    ([key, option]) => option.kind !== 'map' && (key === said || flagOf(key) === said),
  )
  if (!known) return {fault: `${plugin} has no ${said}: it has ${keysText(options) || 'no settings'}`}
  const parsed = optionField(...known).parse(value)
  if ('fault' in parsed) return {fault: `${said} of ${plugin}: ${parsed.fault}`}
  return {value: {key: known[0], value: parsed.value}}
}

function gather(settings: readonly Setting[]): OptionValues {
  const values: Record<string, OptionValue> = {}
  for (const {key, value} of settings) {
    const before = values[key]
    values[key] = typeof value === 'object' && typeof before === 'object' ? {...before, ...value} : value
  }
  return values
}

function keysText(options: Readonly<Record<string, CatalogOption>>): string {
  return Object.entries(options)
    .map(([key, option]) => (option.kind === 'map' ? `${option.prefix}…` : flagOf(key)))
    .join(', ')
}
