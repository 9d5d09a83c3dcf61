import {string} from '@oclif/core/args'
import type {ScenarioView} from '../../plan/scenario/view-scenario.ts'
import type {RawInput} from '../../spec/field.ts'
import {readFields} from '../../spec/read-fields.ts'
import {toFlags} from '../../terminal/flags.ts'
import {outputField} from '../../terminal/network-input.ts'
import type {Page} from '../../terminal/present-problem.ts'
import {presentObjects, presentScenario} from '../../terminal/present-scenarios.ts'
import {QueryCommand} from '../../terminal/query-command.ts'
import {only, worldFields} from '../../terminal/run-options.ts'
import {completeScenario, observeIfThere, readScenarioName, scenarioField} from '../../terminal/scenario-input.ts'
import {targetFields} from '../../terminal/target.ts'
import type {World} from '../../terminal/world-command.ts'

const fields = {output: outputField, ...targetFields, ...worldFields}

interface Found extends ScenarioView {
  readonly output?: 'yaml' | 'json'
}

export default class ScenarioShow extends QueryCommand<Found> {
  static override readonly summary = 'Explain a scenario: its objects, its checks, how to look at it'
  static override readonly description =
    'Needs no cluster; where there is one, addresses and nodes are those of the cluster.'
  static override readonly examples = [
    '<%= config.bin %> scenario show routed',
    '<%= config.bin %> scenario show access-control --output yaml',
    '<%= config.bin %> scenario show storage --json',
  ]
  static override readonly args = {name: string({description: scenarioField.describe})}
  static override readonly flags = toFlags(fields)

  protected override readonly fields = fields

  protected override async query(said: RawInput, world: World): Promise<Found> {
    const name = readScenarioName(await completeScenario(said, world), 'scenario show')
    const {output} = readFields({output: outputField}, only(said, {output: outputField}))
    const [facts, {viewScenario}] = await Promise.all([
      observeIfThere(said, world),
      import('../../plan/scenario/view-scenario.ts'),
    ])
    return {...viewScenario(name, facts), ...(output !== undefined && {output})}
  }

  protected override present({output, ...view}: Found, page: Page): string {
    return output === undefined ? presentScenario(view, page) : presentObjects(view, output)
  }
}
