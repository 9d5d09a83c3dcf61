import type {ListedScenario} from '../../plan/scenario/view-scenario.ts'
import type {RawInput} from '../../spec/field.ts'
import {toFlags} from '../../terminal/flags.ts'
import {presentScenarios} from '../../terminal/present-scenarios.ts'
import {QueryCommand} from '../../terminal/query-command.ts'
import {worldFields} from '../../terminal/run-options.ts'
import {observeIfThere} from '../../terminal/scenario-input.ts'
import {targetFields} from '../../terminal/target.ts'
import type {World} from '../../terminal/world-command.ts'

const fields = {...targetFields, ...worldFields}

export default class ScenarioList extends QueryCommand<{readonly scenarios: readonly ListedScenario[]}> {
  static override readonly summary = 'List scenarios: what they show, and which are applied'
  static override readonly examples = [
    '<%= config.bin %> scenario list',
    '<%= config.bin %> scenario list --cluster lab',
    '<%= config.bin %> scenario list --json',
  ]
  static override readonly flags = toFlags(fields)

  protected override readonly fields = fields

  protected override async query(said: RawInput, world: World) {
    const [facts, {listScenarios}] = await Promise.all([
      observeIfThere(said, world),
      import('../../plan/scenario/view-scenario.ts'),
    ])
    return {scenarios: listScenarios(facts)}
  }

  protected override present({scenarios}: {readonly scenarios: readonly ListedScenario[]}): string {
    return presentScenarios(scenarios)
  }
}
