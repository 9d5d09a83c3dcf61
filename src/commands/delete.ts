import {string} from '@oclif/core/args'
import {clusterNameField} from '../spec/cluster-fields.ts'
import type {RawInput} from '../spec/field.ts'
import {readFields} from '../spec/read-fields.ts'
import type {Plan} from '../steps/step.ts'
import {confirmDelete, confirmField, nameCluster} from '../terminal/confirm-delete.ts'
import {runFlags, toFlags} from '../terminal/flags.ts'
import {PlanCommand, type Planned} from '../terminal/plan-command.ts'
import {only} from '../terminal/run-options.ts'
import type {World} from '../terminal/world-command.ts'

const fields = {name: clusterNameField, confirm: confirmField}

export default class Delete extends PlanCommand<{readonly name: string; readonly confirm: string | undefined}> {
  static override readonly summary = 'Delete a cluster and all that was made for it, nothing else'
  static override readonly examples = [
    '<%= config.bin %> delete lab',
    '<%= config.bin %> delete lab --yes',
    '<%= config.bin %> delete lab --confirm lab --json',
  ]
  static override readonly args = {name: string({description: clusterNameField.describe})}
  static override readonly flags = {...toFlags({confirm: confirmField}), ...runFlags()}

  protected override readonly fields = fields

  protected override async complete(said: RawInput, world: World): Promise<RawInput> {
    return nameCluster(said, world)
  }

  protected override async readSpec(input: RawInput): Promise<{name: string; confirm: string | undefined}> {
    return readFields(fields, only(input, fields))
  }

  protected override async makePlan(
    {name}: {readonly name: string},
    {drivers, signal, options}: World,
  ): Promise<Planned> {
    const [{observe}, {deleteCluster}] = await Promise.all([
      import('../run/observe.ts'),
      import('../plan/delete-cluster.ts'),
    ])
    const {kubeconfig} = options
    const facts = await observe(drivers, {signal, ...(kubeconfig !== undefined && {kubeconfig})})
    return {plan: deleteCluster({cluster: name, ...(kubeconfig !== undefined && {kubeconfig})}, facts)}
  }

  protected override async approve(
    spec: {name: string; confirm: string | undefined},
    _plan: Plan,
    world: World,
  ): Promise<void> {
    await confirmDelete(spec, world)
  }

  protected override summary(): readonly string[] {
    return ['  gone      node containers, engine networks, kubeconfig entries, logs']
  }
}
