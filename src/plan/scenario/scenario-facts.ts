import type {ScenarioName} from '../../scenarios/index.ts'
import type {ObjectRef} from '../../steps/object.ts'
import type {TargetFacts} from '../facts.ts'

/** A running cluster, and what carries the label of a scenario in it. */
export interface ScenarioFacts extends TargetFacts {
  readonly made: readonly MadeObject[]
  /** IPv4 addresses of the nodes' own interfaces: bridges of networks that are gone keep theirs. Empty where nodes are not containers here. */
  readonly nodeAddresses: readonly {readonly interface: string; readonly address: string}[]
}

/** One object that a scenario made, of the kinds that have to be named to be removed. */
export interface MadeObject {
  /** Value of the label: a name that this version may not know. */
  readonly scenario: string
  readonly ref: ObjectRef
}

/** Whether a scenario is there: all of its namespaces, some of what it made, or nothing. */
export type ScenarioState = 'applied' | 'in part' | 'not applied'

export function scenarioState(
  name: ScenarioName,
  namespaces: readonly string[],
  made: readonly MadeObject[],
): ScenarioState {
  const own = made.filter(({scenario}) => scenario === name).map(({ref}) => ref)
  if (own.length === 0) return 'not applied'
  const there = own.filter(({kind}) => kind === 'Namespace').map((ref) => ref.name)
  return namespaces.every((namespace) => there.includes(namespace)) ? 'applied' : 'in part'
}
