import type {ListedCluster} from '../run/queries/list-clusters.ts'
import type {RawInput} from '../spec/field.ts'
import {toFlags} from '../terminal/flags.ts'
import {presentClusters} from '../terminal/present-clusters.ts'
import type {Page} from '../terminal/present-problem.ts'
import {QueryCommand} from '../terminal/query-command.ts'
import {worldFields} from '../terminal/run-options.ts'
import type {World} from '../terminal/world-command.ts'

export default class List extends QueryCommand<{readonly clusters: readonly ListedCluster[]}> {
  static override readonly summary = 'List the clusters of this machine'
  static override readonly description = 'Those that k8s-local made, and other kind clusters.'
  static override readonly examples = ['<%= config.bin %> list', '<%= config.bin %> list --json']
  static override readonly flags = toFlags(worldFields)

  protected override readonly fields = worldFields

  protected override async query(_said: RawInput, {drivers, signal}: World) {
    const {listClusters} = await import('../run/queries/list-clusters.ts')
    return {clusters: await listClusters(drivers, signal)}
  }

  protected override present({clusters}: {readonly clusters: readonly ListedCluster[]}, page: Page): string {
    return presentClusters(clusters, page)
  }
}
