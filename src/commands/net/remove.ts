import {string} from '@oclif/core/args'
import {boolean, withDefault} from '../../spec/field-kinds.ts'
import type {RawInput} from '../../spec/field.ts'
import {networkFields, networkNameField} from '../../spec/network-fields.ts'
import {readFields} from '../../spec/read-fields.ts'
import {runFlags, toFlags} from '../../terminal/flags.ts'
import {PlanCommand, type Planned} from '../../terminal/plan-command.ts'
import {requireInput} from '../../terminal/require-input.ts'
import {only} from '../../terminal/run-options.ts'
import {observeNamed, targetFields} from '../../terminal/target.ts'
import type {World} from '../../terminal/world-command.ts'

const own = {
  namespace: networkFields.namespace,
  force: withDefault(
    false,
    boolean({
      flag: 'force',
      ask: 'Also while pods use it',
      describe: 'Also while pods use it: they keep their interface until they end',
    }),
  ),
}

export default class NetRemove extends PlanCommand<RawInput> {
  static override readonly summary = 'Remove a network, unless pods use it'
  static override readonly examples = [
    '<%= config.bin %> net remove storage',
    '<%= config.bin %> net remove storage --namespace team --dry-run',
    '<%= config.bin %> net remove storage --force',
  ]
  static override readonly args = {name: string({description: 'Name of the network'})}
  static override readonly flags = {...toFlags({...own, ...targetFields}), ...runFlags()}

  protected override readonly fields = {...own, ...targetFields}

  protected override async readSpec(input: RawInput): Promise<RawInput> {
    requireInput(input, {command: 'net remove', args: {name: 'NAME'}})
    return input
  }

  protected override async makePlan(input: RawInput, world: World): Promise<Planned> {
    const {name = '', ...how} = readFields(
      {name: networkNameField, ...own},
      only(input, {name: networkNameField, ...own}),
    )
    const [{chosen, facts}, {removeNetwork}] = await Promise.all([
      observeNamed(input, world),
      import('../../plan/remove-network.ts'),
    ])
    return {plan: removeNetwork({name, ...how}, facts), target: chosen.target}
  }

  protected override summary(): readonly string[] {
    return []
  }
}
