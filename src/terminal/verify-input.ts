import type {VerifyClusterInput} from '../plan/verify-cluster.ts'
import {readNetworkReference} from '../spec/attachment.ts'
import {boolean, choice, list, withDefault} from '../spec/field-kinds.ts'
import type {Fields, RawInput} from '../spec/field.ts'
import {readFields} from '../spec/read-fields.ts'
import {only} from './run-options.ts'

const tiers = [
  {value: 'quick', title: 'Quick', summary: 'only the checks of this tier'},
  {value: 'default', title: 'Default', summary: 'and those of the default tier'},
  {value: 'full', title: 'Full', summary: 'and those of the full tier, with probe pods on every node'},
] as const

export const verifyFields = {
  networks: withDefault(
    [],
    list({
      flag: 'network',
      ask: 'Networks to verify',
      describe: 'Only this network, [NAMESPACE/]NAME; may be repeated; all otherwise',
      item: readNetworkReference,
    }),
  ),
  tier: withDefault(
    'default',
    choice({
      flag: 'tier',
      ask: 'How thoroughly',
      describe: 'Which checks: each tier adds to the one before; full has probe pods on every node',
      choices: tiers,
    }),
  ),
  keep: withDefault(
    false,
    boolean({
      flag: 'keep',
      ask: 'Keep the probe pods',
      describe: 'Leave the probe pods where they are, to look at them',
    }),
  ),
} as const satisfies Fields

/** What is to be verified, and what was said of where. */
export interface VerifyWish extends VerifyClusterInput {
  readonly said: RawInput
}

/** @throws invalid-input */
export function readVerify(said: RawInput): VerifyWish {
  const {networks, ...how} = readFields(verifyFields, only(said, verifyFields))
  return {...how, networks: networks.map(({namespace = 'default', network}) => ({namespace, name: network})), said}
}
