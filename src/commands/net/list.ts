import type {ListedNetwork} from '../../run/queries/list-networks.ts'
import type {RawInput} from '../../spec/field.ts'
import {toFlags} from '../../terminal/flags.ts'
import {presentNetworks} from '../../terminal/present-networks.ts'
import {QueryCommand} from '../../terminal/query-command.ts'
import {worldFields} from '../../terminal/run-options.ts'
import {observeNamed, targetFields} from '../../terminal/target.ts'
import type {World} from '../../terminal/world-command.ts'

const fields = {...targetFields, ...worldFields}

export default class NetList extends QueryCommand<{readonly networks: readonly ListedNetwork[]}> {
  static override readonly summary = 'List networks: what they hand out, and who uses them'
  static override readonly examples = [
    '<%= config.bin %> net list',
    '<%= config.bin %> net list --cluster lab',
    '<%= config.bin %> net list --json',
  ]
  static override readonly flags = toFlags(fields)

  protected override readonly fields = fields

  protected override async query(said: RawInput, world: World) {
    const [{chosen, facts}, {listNetworks}, {whereaboutsLeases}] = await Promise.all([
      observeNamed(said, world),
      import('../../run/queries/list-networks.ts'),
      import('../../run/whereabouts-leases.ts'),
    ])
    const kubernetes = await world.drivers.kubernetes(chosen.target.kubeconfig, chosen.target.context)
    return {networks: listNetworks(facts, await whereaboutsLeases(kubernetes, world.signal))}
  }

  protected override present({networks}: {readonly networks: readonly ListedNetwork[]}): string {
    return presentNetworks(networks)
  }
}
