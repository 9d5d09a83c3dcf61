import {ipams} from '../catalog/ipam/index.ts'
import type {IpamOption} from '../catalog/ipam/ipam-option.ts'
import {networkTypes} from '../catalog/network/index.ts'
import type {NetworkOption} from '../catalog/network/network-option.ts'
import {choice, text} from '../spec/field-kinds.ts'
import type {Fields, RawInput} from '../spec/field.ts'
import {networkFields, networkNameField, networkTypeField} from '../spec/network-fields.ts'
import {optionFieldsOf} from '../spec/network-options.ts'
import type {NetworkSpec} from '../spec/network-spec.ts'
import {readFields} from '../spec/read-fields.ts'
import {networkSpecFields, readNetworkSpec} from '../spec/read-network-spec.ts'
import {readText} from '../spec/texts.ts'
import {askFields, type Unavailable} from './ask.ts'
import type {Prompter} from './prompter.ts'
import {requireInput} from './require-input.ts'
import {absolute, only} from './run-options.ts'

/** Objects on stdout instead of in the cluster. */
export const outputField = choice({
  flag: 'output',
  char: 'o',
  ask: 'Print the objects instead',
  describe: 'Print the objects on stdout instead, and touch nothing',
  choices: [
    {value: 'yaml', title: 'YAML', summary: ''},
    {value: 'json', title: 'JSON', summary: ''},
  ],
})

/** Where the objects go instead of into the cluster. */
export const outputFields = {
  output: outputField,
  write: text({
    flag: 'write',
    ask: 'Write the objects into a file instead',
    describe:
      'Write the objects into this file instead, as YAML, or as JSON where its name ends so, and touch nothing else',
    read: readText,
  }),
} as const satisfies Fields

/** A network as asked for, and what was said of where. */
export interface NetworkWish {
  readonly spec: NetworkSpec
  readonly output: 'yaml' | 'json' | undefined
  /** Absolute path. */
  readonly write: string | undefined
  readonly said: RawInput
}

/** Looks at the cluster, where there is one, for the types that its nodes cannot have. */
export type LookForTypes = () => Promise<Unavailable>

/**
 * Asks all questions where type or name is open and there is somebody to ask. Of a command line that names both only what the type cannot do without
 * is asked.
 */
export async function completeNetwork(
  said: RawInput,
  prompter: Prompter | undefined,
  lookForTypes: LookForTypes,
): Promise<RawInput> {
  if (!prompter) return said
  const isWhole = said['type'] !== undefined && said['name'] !== undefined
  const unavailable = said['type'] === undefined ? await lookForTypes() : {}
  const first = {type: networkTypeField, name: networkNameField}
  const named = {
    ...said,
    ...(await askFields(first, {said, required: ['type', 'name'], unavailable: {type: unavailable}}, prompter)),
  }
  const type = typeOf(named)
  if (!type) return named
  const required = Object.keys(type.options).filter((key) => type.options[key]?.required === true)
  const own = {...named, ...(await askFields(requiredFields(type, required), {said: named, required}, prompter))}
  return isWhole ? own : askRest(own, type, prompter)
}

/** Master, who hands out addresses, and then only what that needs. */
async function askRest(said: RawInput, type: NetworkOption, prompter: Prompter): Promise<RawInput> {
  const {master, ipam, dhcpServer, subnets, addresses} = networkFields
  const before = {...(type.hasMaster !== false && {master}), ...optionFieldsOf(type), ipam}
  const taken = type.hasMaster === 'taken' ? ['master'] : []
  const known = {
    ...said,
    ...(await askFields(before, {said, required: taken, unavailable: {ipam: type.unfitIpams}}, prompter)),
  }
  const {source} = ipamOf(known) ?? {source: 'range'}
  const rest = {
    ...(source === 'network' && type.servesDhcp && {dhcpServer}),
    ...(source === 'range' && {subnets}),
    ...(source === 'list' && {addresses}),
  }
  return {...known, ...(await askFields(rest, {said: known, required: []}, prompter))}
}

function requiredFields(type: NetworkOption, required: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(optionFieldsOf(type)).filter(([key]) => required.includes(key)))
}

function typeOf({type}: RawInput): NetworkOption | undefined {
  return (networkTypes as Readonly<Record<string, NetworkOption>>)[String(type?.value)]
}

function ipamOf({ipam}: RawInput): IpamOption | undefined {
  return (ipams as Readonly<Record<string, IpamOption>>)[String(ipam?.value)]
}

/** @throws missing-input, invalid-input, each with everything at once */
export function readNetworkWish(said: RawInput): NetworkWish {
  requireInput(said, {command: 'net add', args: {type: 'TYPE', name: 'NAME'}})
  const {output: printed, write} = readFields(outputFields, only(said, outputFields))
  return {
    spec: readNetworkSpec(only(said, networkSpecFields)),
    output: printed,
    write: write === undefined ? undefined : absolute(write),
    said,
  }
}
