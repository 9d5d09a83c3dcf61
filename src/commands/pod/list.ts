import type {ListedInterface} from '../../run/queries/list-pods.ts'
import type {RawInput} from '../../spec/field.ts'
import {toFlags} from '../../terminal/flags.ts'
import {presentPods} from '../../terminal/present-pods.ts'
import type {Page} from '../../terminal/present-problem.ts'
import {QueryCommand} from '../../terminal/query-command.ts'
import {worldFields} from '../../terminal/run-options.ts'
import {observeNamed, targetFields} from '../../terminal/target.ts'
import type {World} from '../../terminal/world-command.ts'

const fields = {...targetFields, ...worldFields}

export default class PodList extends QueryCommand<{readonly interfaces: readonly ListedInterface[]}> {
  static override readonly summary = 'List the interfaces of all pods that have networks'
  static override readonly examples = [
    '<%= config.bin %> pod list',
    '<%= config.bin %> pod list --cluster lab',
    '<%= config.bin %> pod list --json',
  ]
  static override readonly flags = toFlags(fields)

  protected override readonly fields = fields

  protected override async query(said: RawInput, world: World) {
    const [{facts, chosen}, {listPods}, {readMtus}] = await Promise.all([
      observeNamed(said, world),
      import('../../run/queries/list-pods.ts'),
      import('../../run/queries/read-mtus.ts'),
    ])
    const {drivers, signal} = world
    const kubernetes = await drivers.kubernetes(chosen.target.kubeconfig, chosen.target.context)
    return {interfaces: listPods({pods: await readMtus(facts.pods, {kubernetes, signal})})}
  }

  protected override present({interfaces}: {readonly interfaces: readonly ListedInterface[]}, page: Page): string {
    return presentPods(interfaces, page)
  }
}
