import {networkTypes} from '../catalog/network/index.ts'
import type {NetworkOption} from '../catalog/network/network-option.ts'
import {choice} from '../spec/field-kinds.ts'
import type {RawInput} from '../spec/field.ts'
import type {NetworkSpec} from '../spec/network-spec.ts'
import {networkSpecFields, readNetworkSpec} from '../spec/read-network-spec.ts'
import {readFields} from '../spec/read-fields.ts'
import {askFields} from './ask.ts'
import type {Prompter} from './prompter.ts'
import {requireInput} from './require-input.ts'
import {only} from './run-options.ts'

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

/** A network as asked for, and what was said of where. */
export interface NetworkWish {
  readonly spec: NetworkSpec
  readonly output: 'yaml' | 'json' | undefined
  readonly said: RawInput
}

/** Asks all questions where type or name is open and there is somebody to ask. Nothing is asked of a command line that names both. */
export async function completeNetwork(said: RawInput, prompter: Prompter | undefined): Promise<RawInput> {
  if (!prompter || (said['type'] !== undefined && said['name'] !== undefined)) return said
  const {type, name, master, ...others} = networkSpecFields
  const named = {...said, ...(await askFields({type, name}, {said, required: ['type', 'name']}, prompter))}
  const rest = hasMaster(named) ? {master, ...others} : others
  return {...named, ...(await askFields(rest, {said: named, required: []}, prompter))}
}

function hasMaster({type}: RawInput): boolean {
  const options: Readonly<Record<string, NetworkOption>> = networkTypes
  return options[String(type?.value)]?.hasMaster ?? false
}

/** @throws missing-input, invalid-input, each with everything at once */
export function readNetworkWish(said: RawInput): NetworkWish {
  requireInput(said, {command: 'net add', args: {type: 'TYPE', name: 'NAME'}})
  const {output} = readFields({output: outputField}, only(said, {output: outputField}))
  return {spec: readNetworkSpec(only(said, networkSpecFields)), output, said}
}
