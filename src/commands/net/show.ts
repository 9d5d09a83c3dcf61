import {string} from '@oclif/core/args'
import type {ShownNetwork} from '../../run/queries/show-network.ts'
import {readNetworkReference} from '../../spec/attachment.ts'
import {text} from '../../spec/field-kinds.ts'
import type {RawInput} from '../../spec/field.ts'
import {networkFields} from '../../spec/network-fields.ts'
import {readFields} from '../../spec/read-fields.ts'
import {toFlags} from '../../terminal/flags.ts'
import {presentNetwork} from '../../terminal/present-network.ts'
import type {Page} from '../../terminal/present-problem.ts'
import {QueryCommand} from '../../terminal/query-command.ts'
import {requireInput} from '../../terminal/require-input.ts'
import {only, worldFields} from '../../terminal/run-options.ts'
import {observeNamed, targetFields} from '../../terminal/target.ts'
import type {World} from '../../terminal/world-command.ts'

const fields = {namespace: networkFields.namespace, ...targetFields, ...worldFields}

const referenceField = text({flag: 'name', ask: 'Network', describe: 'Network', read: readNetworkReference})

export default class NetShow extends QueryCommand<ShownNetwork> {
  static override readonly summary = 'Show a network: its object, what it means, what it sits on, who uses it'
  static override readonly examples = [
    '<%= config.bin %> net show storage',
    '<%= config.bin %> net show team/storage --cluster lab',
    '<%= config.bin %> net show storage --json',
  ]
  static override readonly args = {name: string({description: 'Name of the network, [NAMESPACE/]NAME'})}
  static override readonly flags = toFlags(fields)

  protected override readonly fields = fields

  protected override async query(said: RawInput, world: World): Promise<ShownNetwork> {
    requireInput(said, {command: 'net show', args: {name: 'NAME'}})
    const known = {name: referenceField, namespace: fields.namespace}
    const {name: reference, namespace} = readFields(known, only(said, known))
    const [{chosen, facts}, {showNetwork}, {whereaboutsLeases}] = await Promise.all([
      observeNamed(said, world),
      import('../../run/queries/show-network.ts'),
      import('../../run/whereabouts-leases.ts'),
    ])
    const kubernetes = await world.drivers.kubernetes(chosen.target.kubeconfig, chosen.target.context)
    const wanted = {namespace: reference?.namespace ?? namespace, name: reference?.network ?? ''}
    return showNetwork(wanted, facts, await whereaboutsLeases(kubernetes, world.signal))
  }

  protected override present(network: ShownNetwork, page: Page): string {
    return presentNetwork(network, page)
  }
}
