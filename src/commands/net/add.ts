import {string} from '@oclif/core/args'
import type {RawInput} from '../../spec/field.ts'
import {networkFields, networkNameField, networkOptionFields, networkTypeField} from '../../spec/network-fields.ts'
import {networkSpecFields} from '../../spec/read-network-spec.ts'
import {runFlags, toFlags} from '../../terminal/flags.ts'
import {completeNetwork, type NetworkWish, outputFields, readNetworkWish} from '../../terminal/network-input.ts'
import {PlanCommand, type Planned} from '../../terminal/plan-command.ts'
import {targetFields} from '../../terminal/target.ts'
import type {World} from '../../terminal/world-command.ts'

export default class NetAdd extends PlanCommand<NetworkWish> {
  static override readonly summary = 'Add a network that pods can attach to'
  static override readonly description =
    'What is not said is chosen to fit the cluster, so that it is right on several nodes. --output prints the objects and touches nothing, --write writes them into a file; neither needs a cluster. A network of the name that is otherwise is replaced when you say yes.'
  static override readonly examples = [
    '<%= config.bin %> net add macvlan storage --master data',
    '<%= config.bin %> net add bridge inside --subnet 10.20.0.0/24 --dry-run',
    '<%= config.bin %> net add macvlan both --subnet 10.30.0.0/24,fd00:30::/64 -o yaml',
    '<%= config.bin %> net add macvlan asked --ipam dhcp --dhcp-server',
    '<%= config.bin %> net add ptp slow --chain bandwidth:egress=10M --chain sbr',
    '<%= config.bin %> net add vlan lab --vlan 100 --write lab.yaml',
  ]
  static override readonly args = {
    type: string({
      description: `${networkTypeField.describe}: ${networkTypeField.choices?.map(({value}) => value).join(', ')}`,
    }),
    name: string({description: networkNameField.describe}),
  }
  static override readonly flags = {
    ...toFlags({...networkFields, ...outputFields, ...targetFields}),
    ...toFlags(networkOptionFields, {group: 'TYPE'}),
    ...runFlags(),
  }

  protected override readonly fields = {...networkSpecFields, ...outputFields, ...targetFields}

  protected override async complete(said: RawInput, world: World): Promise<RawInput> {
    return completeNetwork(said, world.prompter, async () =>
      (await import('../../terminal/plan-network.ts')).unavailableTypes(said, world),
    )
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
