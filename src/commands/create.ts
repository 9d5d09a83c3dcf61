import {string} from '@oclif/core/args'
import {clusterFields, clusterNameField} from '../spec/cluster-fields.ts'
import type {RawInput} from '../spec/field.ts'
import {runFields} from '../spec/run-fields.ts'
import type {Outcome} from '../run/events.ts'
import type {Plan} from '../steps/step.ts'
import type {CreateWish} from '../terminal/create-input.ts'
import {runFlags, toFlags} from '../terminal/flags.ts'
import {PlanCommand, type Planned} from '../terminal/plan-command.ts'
import {createdSummary} from '../terminal/summaries.ts'
import type {World} from '../terminal/world-command.ts'

export default class Create extends PlanCommand<CreateWish> {
  static override readonly summary = 'Create a cluster with Cilium or Calico, and Multus, and prove it'
  static override readonly description =
    'Asks for what is not said, on a terminal. The same command again adds only what is missing.'
  static override readonly examples = [
    '<%= config.bin %> create',
    '<%= config.bin %> create lab --cni cilium --multus thick --workers 2 --yes',
    '<%= config.bin %> create lab --network data --network lan=172.31.0.0/24 --dry-run',
  ]
  static override readonly args = {
    name: string({description: `${clusterNameField.describe} [default: ${clusterNameField.default}]`}),
  }
  static override readonly flags = {...toFlags({...clusterFields, ...runFields}), ...runFlags()}

  protected override readonly fields = {name: clusterNameField, ...clusterFields, ...runFields}

  protected override async complete(said: RawInput, world: World): Promise<RawInput> {
    const {completeCreate} = await import('../terminal/create-input.ts')
    return completeCreate(said, world, (text) => void this.surroundings.stderr.write(`${text}\n`))
  }

  protected override async readSpec(input: RawInput): Promise<CreateWish> {
    return (await import('../terminal/create-input.ts')).readCreate(input)
  }

  protected override async makePlan(wish: CreateWish, {drivers, signal, options}: World): Promise<Planned> {
    const [{observe}, {createCluster}] = await Promise.all([
      import('../run/observe.ts'),
      import('../plan/create-cluster.ts'),
    ])
    const {bundle} = wish
    const facts = await observe(drivers, {
      signal,
      ...(bundle !== undefined && {bundle}),
      ...(options.kubeconfig !== undefined && {kubeconfig: options.kubeconfig}),
    })
    return {plan: createCluster(wish, facts)}
  }

  protected override async conclude(created: Outcome, wish: CreateWish, world: World): Promise<Outcome> {
    if (wish.warm !== 'build' || (created.status !== 'done' && created.status !== 'already')) return created
    const {planWarmImage, warmAfterwards} = await import('../terminal/warm-image.ts')
    return warmAfterwards(created, {
      plan: () => planWarmImage(wish, world),
      carryOut: (doing) => this.carryOut(doing, world),
      tell: (text) => this.complain(text),
    })
  }

  protected override summary(wish: CreateWish, plan: Plan): readonly string[] {
    return createdSummary(plan, wish)
  }
}
