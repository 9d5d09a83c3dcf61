import {string} from '@oclif/core/args'
import type {RawInput} from '../../spec/field.ts'
import {networkFields, networkNameField, networkTypeField} from '../../spec/network-fields.ts'
import {networkSpecFields} from '../../spec/read-network-spec.ts'
import {runFlags, toFlags} from '../../terminal/flags.ts'
import {completeNetwork, type NetworkWish, outputField, readNetworkWish} from '../../terminal/network-input.ts'
import {PlanCommand, type Planned} from '../../terminal/plan-command.ts'
import {targetFields} from '../../terminal/target.ts'
import type {World} from '../../terminal/world-command.ts'

export default class NetAdd extends PlanCommand<NetworkWish> {
  static override readonly summary = 'Add a network that pods can attach to'
  static override readonly description =
    'What is not said is chosen to fit the cluster, so that it is right on several nodes. --output prints the objects and touches nothing; it needs no cluster.'
  static override readonly examples = [
    '<%= config.bin %> net add macvlan storage --master data',
    '<%= config.bin %> net add bridge inside --subnet 10.20.0.0/24 --dry-run',
    '<%= config.bin %> net add macvlan storage --output yaml',
  ]
  static override readonly args = {
    type: string({
      description: `${networkTypeField.describe}: ${networkTypeField.choices?.map(({value}) => value).join(' or ')}`,
    }),
    name: string({description: networkNameField.describe}),
  }
  static override readonly flags = {...toFlags({...networkFields, output: outputField, ...targetFields}), ...runFlags()}

  protected override readonly fields = {...networkSpecFields, output: outputField, ...targetFields}

  protected override async complete(said: RawInput, {prompter}: World): Promise<RawInput> {
    return completeNetwork(said, prompter)
  }

  protected override async readSpec(input: RawInput): Promise<NetworkWish> {
    return readNetworkWish(input)
  }

  protected override async makePlan(wish: NetworkWish, world: World): Promise<Planned> {
    const {planNetwork} = await import('../../terminal/plan-network.ts')
    return planNetwork(wish, world, (text) => this.complain(text))
  }

  protected override summary({spec: {name, namespace}}: NetworkWish): readonly string[] {
    const reference = namespace === 'default' ? name : `${namespace}/${name}`
    return ['Next', `  k8s-local pod add first --network ${reference}`, `  k8s-local verify --network ${reference}`]
  }
}
