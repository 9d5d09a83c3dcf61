import {string} from '@oclif/core/args'
import type {Outcome} from '../run/events.ts'
import type {RawInput} from '../spec/field.ts'
import {runFlags, toFlags} from '../terminal/flags.ts'
import {PlanCommand, type Planned} from '../terminal/plan-command.ts'
import {RepairRounds} from '../terminal/repair-rounds.ts'
import {targetFields} from '../terminal/target.ts'
import type {World} from '../terminal/world-command.ts'

export default class Repair extends PlanCommand<RepairRounds> {
  static override readonly summary = 'Find what is broken in a cluster, mend it, and look again'
  static override readonly description =
    'Stopped nodes, NICs, CNI plugins, the order of CNI configurations, leaked addresses, and pods that run without an interface that they ask for. What costs something, such as a bare pod made anew, is done only when somebody agrees: --yes, or at a terminal. Exit code 1 when something is still wrong.'
  static override readonly examples = [
    '<%= config.bin %> repair',
    '<%= config.bin %> repair lab --dry-run',
    '<%= config.bin %> repair lab --yes --json',
  ]
  static override readonly args = {cluster: string({description: targetFields.cluster.describe})}
  static override readonly flags = {...toFlags(targetFields), ...runFlags()}

  protected override readonly fields = targetFields

  protected override async readSpec(input: RawInput, world: World): Promise<RepairRounds> {
    return new RepairRounds(input, world)
  }

  protected override async makePlan(rounds: RepairRounds): Promise<Planned> {
    return rounds.plan()
  }

  protected override async conclude(first: Outcome, rounds: RepairRounds, world: World): Promise<Outcome> {
    return rounds.finish(first, (doing) => this.carryOut(doing, world))
  }

  protected override summary(): readonly string[] {
    return []
  }
}
