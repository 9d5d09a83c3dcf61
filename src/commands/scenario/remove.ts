import {string} from '@oclif/core/args'
import type {ScenarioName} from '../../scenarios/index.ts'
import type {RawInput} from '../../spec/field.ts'
import {runFlags, toFlags} from '../../terminal/flags.ts'
import {PlanCommand, type Planned} from '../../terminal/plan-command.ts'
import {completeScenario, observeForScenarios, readScenarioName, scenarioField} from '../../terminal/scenario-input.ts'
import {targetFields} from '../../terminal/target.ts'
import type {World} from '../../terminal/world-command.ts'

interface Wish {
  readonly name: ScenarioName
  readonly said: RawInput
}

export default class ScenarioRemove extends PlanCommand<Wish> {
  static override readonly summary = 'Remove a scenario without a trace, and nothing else'
  static override readonly examples = [
    '<%= config.bin %> scenario remove management-data',
    '<%= config.bin %> scenario remove routed --dry-run',
    '<%= config.bin %> scenario remove storage --cluster lab',
  ]
  static override readonly args = {name: string({description: scenarioField.describe})}
  static override readonly flags = {...toFlags(targetFields), ...runFlags()}

  protected override readonly fields = targetFields

  protected override async complete(said: RawInput, world: World): Promise<RawInput> {
    return completeScenario(said, world)
  }

  protected override async readSpec(input: RawInput): Promise<Wish> {
    return {name: readScenarioName(input, 'scenario remove'), said: input}
  }

  protected override async makePlan({name, said}: Wish, world: World): Promise<Planned> {
    const [{chosen, facts}, {removeScenario}] = await Promise.all([
      observeForScenarios(said, world),
      import('../../plan/scenario/remove-scenario.ts'),
    ])
    return {plan: removeScenario({name}, facts), target: chosen.target}
  }

  protected override summary(): readonly string[] {
    return []
  }
}
