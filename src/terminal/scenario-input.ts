import type {ScenarioFacts} from '../plan/scenario/scenario-facts.ts'
import {Problem} from '../problem.ts'
import type {ChosenTarget} from '../run/choose-target.ts'
import {type ScenarioName, scenarioNames, scenarios} from '../scenarios/index.ts'
import {boolean, choice, withDefault} from '../spec/field-kinds.ts'
import type {RawInput} from '../spec/field.ts'
import {readFields} from '../spec/read-fields.ts'
import {requireInput} from './require-input.ts'
import {only} from './run-options.ts'
import {observeNamed} from './target.ts'
import type {World} from './world-command.ts'

/** The argument of show, apply and remove. */
export const scenarioField = choice({
  flag: 'name',
  ask: 'Which scenario',
  describe: 'Name of the scenario: k8s-local scenario list',
  choices: scenarioNames.map((value) => ({value, title: scenarios[value].title, summary: ''})),
})

export const keepField = withDefault(
  false,
  boolean({
    flag: 'keep',
    ask: 'Keep what was made when it fails',
    describe: 'Leave what was made where it is when the run fails or is interrupted',
  }),
)

/** Asks for the scenario where nobody named one and there is somebody to ask. */
export async function completeScenario(said: RawInput, {prompter}: Pick<World, 'prompter'>): Promise<RawInput> {
  if (said['name'] !== undefined || !prompter) return said
  const choices = scenarioNames.map((value) => ({value, name: `${value}: ${scenarios[value].title}`}))
  return {...said, name: {value: await prompter.select({message: scenarioField.ask, choices}), from: 'the answer'}}
}

/** @throws missing-input, invalid-input with the name that may have been meant */
export function readScenarioName(said: RawInput, command: string): ScenarioName {
  requireInput(said, {command, args: {name: 'NAME'}})
  const {name} = readFields({name: scenarioField}, only(said, {name: scenarioField}))
  if (name === undefined) throw new Error('the scenario was required above')
  return name
}

/** The cluster, all that can be seen of it, and what scenarios made in it. @throws what finding and observing it throw */
export async function observeForScenarios(
  said: RawInput,
  world: World,
): Promise<{readonly chosen: ChosenTarget; readonly facts: ScenarioFacts}> {
  const {chosen, facts} = await observeNamed(said, world)
  const {observeNodeAddresses, observeScenarios} = await import('../run/target/observe-scenarios.ts')
  const kubernetes = await world.drivers.kubernetes(chosen.target.kubeconfig, chosen.target.context)
  const [made, nodeAddresses] = await Promise.all([
    observeScenarios(kubernetes, world.signal),
    observeNodeAddresses(facts.nodes, world),
  ])
  return {chosen, facts: {...facts, made, nodeAddresses}}
}

/** The same, or nothing where there is no cluster and none was named: scenarios can be looked at without one. @throws what observing throws of a cluster that is named */
export async function observeIfThere(said: RawInput, world: World): Promise<ScenarioFacts | undefined> {
  try {
    return (await observeForScenarios(said, world)).facts
  } catch (error) {
    const {noCluster} = await import('./no-cluster.ts')
    const named = said['cluster'] !== undefined || said['context'] !== undefined
    if (named || !(error instanceof Problem) || !noCluster.includes(error.data.name)) throw error
    return undefined
  }
}
