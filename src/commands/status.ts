import {string} from '@oclif/core/args'
import type {ClusterStatus} from '../run/queries/cluster-status.ts'
import type {RawInput} from '../spec/field.ts'
import {toFlags} from '../terminal/flags.ts'
import type {Page} from '../terminal/present-problem.ts'
import {presentStatus} from '../terminal/present-status.ts'
import {QueryCommand} from '../terminal/query-command.ts'
import {worldFields} from '../terminal/run-options.ts'
import {findTarget, targetFields} from '../terminal/target.ts'
import type {World} from '../terminal/world-command.ts'

const fields = {cluster: targetFields.cluster, context: targetFields.context, ...worldFields}

export default class Status extends QueryCommand<ClusterStatus> {
  static override readonly summary = 'Show how a cluster is, problems first'
  static override readonly description =
    'Nodes, CNI, Multus, NICs of each node and networks. Exit code 1 when there are problems.'
  static override readonly examples = [
    '<%= config.bin %> status',
    '<%= config.bin %> status lab',
    '<%= config.bin %> status lab --json',
  ]
  static override readonly args = {cluster: string({description: targetFields.cluster.describe})}
  static override readonly flags = toFlags(fields)

  protected override readonly fields = fields

  protected override async query(said: RawInput, world: World): Promise<ClusterStatus> {
    const {clusterStatus} = await import('../run/queries/cluster-status.ts')
    return clusterStatus(await findTarget(said, world), world.drivers, world.signal)
  }

  protected override present(status: ClusterStatus, page: Page): string {
    return presentStatus(status, page)
  }

  protected override failed({problems}: ClusterStatus): boolean {
    return problems.length > 0
  }
}
