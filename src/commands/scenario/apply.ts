import {string} from '@oclif/core/args'
import type {ScenarioName} from '../../scenarios/index.ts'
import type {RawInput} from '../../spec/field.ts'
import {readFields} from '../../spec/read-fields.ts'
import {runFlags, toFlags} from '../../terminal/flags.ts'
import {PlanCommand, type Planned} from '../../terminal/plan-command.ts'
import {only} from '../../terminal/run-options.ts'
import {
  completeScenario,
  keepField,
  observeForScenarios,
  readScenarioName,
  scenarioField,
} from '../../terminal/scenario-input.ts'
import {targetFields} from '../../terminal/target.ts'
import type {World} from '../../terminal/world-command.ts'

const own = {keep: keepField}

interface Wish {
  readonly name: ScenarioName
  readonly keep: boolean
  readonly said: RawInput
}

export default class ScenarioApply extends PlanCommand<Wish> {
  static override readonly summary = 'Make a scenario in the cluster and check all that it shows'
  static override readonly description =
    'It stays, to be looked at, until it is removed. Exit code 1 when a check fails. Safe to repeat: what is there is only checked.'
  static override readonly examples = [
    '<%= config.bin %> scenario apply management-data',
    '<%= config.bin %> scenario apply routed --dry-run',
    '<%= config.bin %> scenario apply storage --cluster lab --json',
  ]
  static override readonly args = {name: string({description: scenarioField.describe})}
  static override readonly flags = {...toFlags({...own, ...targetFields}), ...runFlags()}

  protected override readonly fields = {...own, ...targetFields}

  protected override async complete(said: RawInput, world: World): Promise<RawInput> {
    return completeScenario(said, world)
  }

  protected override async readSpec(input: RawInput): Promise<Wish> {
    const name = readScenarioName(input, 'scenario apply')
    return {name, ...readFields(own, only(input, own)), said: input}
  }

  protected override async makePlan({said, ...input}: Wish, world: World): Promise<Planned> {
    const [{chosen, facts}, {applyScenario}] = await Promise.all([
      observeForScenarios(said, world),
      import('../../plan/scenario/apply-scenario.ts'),
    ])
    return {plan: applyScenario(input, facts), target: chosen.target}
  }

  protected override summary({name}: Wish): readonly string[] {
    return ['Next', `  k8s-local scenario show ${name}`, `  k8s-local scenario remove ${name}`]
  }
}
