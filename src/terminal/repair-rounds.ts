import type {FoundFault, Repairing} from '../plan/repair/repair-cluster.ts'
import type {RepairFacts} from '../plan/repair/repair-facts.ts'
import type {Outcome} from '../run/events.ts'
import {readFields} from '../spec/read-fields.ts'
import type {RawInput} from '../spec/field.ts'
import type {Doing} from './plan-command.ts'
import {absolute, only} from './run-options.ts'
import {findTarget, targetFields} from './target.ts'
import type {World} from './world-command.ts'

/** Rounds after which it is given up: what is wrong on a node shows when it runs, what is wrong with pods when Multus comes first; two are to spare. */
const mostRounds = 4

/** One cluster that is looked at, mended, and looked at again, until there is nothing left that can be mended. */
export class RepairRounds {
  private readonly tried = new Set<string>()
  private readonly mended: FoundFault[] = []
  private rounds = 0
  private seen: (Repairing & {readonly facts: RepairFacts}) | undefined

  constructor(
    private readonly said: RawInput,
    private readonly world: World,
  ) {}

  /** Looks, asks for consent where that is needed and somebody is there, and plans what is to be done. Throws what finding and observing the cluster throw. */
  async plan(): Promise<Doing> {
    const [{findFaults, keyOf, repairCluster, sortFaults}, {observeRepair}, chosen] = await Promise.all([
      import('../plan/repair/repair-cluster.ts'),
      import('../run/observe-repair.ts'),
      findTarget(this.said, this.world),
    ])
    const {bundle} = readFields(targetFields, only(this.said, targetFields))
    const {drivers, signal} = this.world
    const facts = await observeRepair(drivers, {
      ...chosen,
      signal,
      ...(bundle !== undefined && {bundle: absolute(bundle)}),
    })
    const faults = findFaults(facts)
    const sorted = sortFaults(faults, {agreed: await this.agreed(faults), tried: this.tried})
    const {mended, left} = this.rounds < mostRounds ? sorted : {mended: [], left: faults}
    for (const fault of mended) this.tried.add(keyOf(fault))
    this.mended.push(...mended)
    this.seen = {facts, mended, left}
    this.rounds += 1
    return {plan: repairCluster({mended, left}, facts), target: chosen.target}
  }

  /** Looks again after a round, and goes on while there is something to do; then what is wrong by the last look decides. */
  async finish(first: Outcome, carryOut: (doing: Doing) => Promise<Outcome>): Promise<Outcome> {
    const {joinOutcomes} = await import('../run/join-outcomes.ts')
    let outcome = first
    while (outcome.problem === undefined && this.isOpen) {
      const doing = await this.plan()
      if (this.isOpen) outcome = joinOutcomes(outcome, await carryOut(doing))
    }
    return outcome.problem === undefined ? await this.judged(outcome) : outcome
  }

  private get isOpen(): boolean {
    return (this.seen?.mended.length ?? 0) > 0
  }

  private async judged(outcome: Outcome): Promise<Outcome> {
    const {judgeRepair} = await import('../plan/repair/judge-repair.ts')
    const {left = [], facts} = this.seen ?? {}
    const checks = judgeRepair({mended: this.mended, left, verdicts: facts?.verdicts ?? []})
    const isWrong = checks.some(({status}) => status === 'fail' || status === 'error')
    return {...outcome, status: isWrong ? 'checks-failed' : this.mended.length > 0 ? 'done' : 'already', checks}
  }

  private async agreed(faults: readonly FoundFault[]): Promise<boolean> {
    const {options, prompter} = this.world
    const asks = faults.flatMap((fault) => fault.asks ?? [])
    if (options.yes || asks.length === 0) return true
    if (options.dryRun || !prompter) return false
    return await prompter.confirm({
      message: `Some of it costs something:\n${asks.map((one) => `  ${one}`).join('\n')}\nDo that too?`,
      default: false,
    })
  }
}
