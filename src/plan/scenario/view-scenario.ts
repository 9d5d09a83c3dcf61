import {checkNamed} from '../../checks/index.ts'
import {buildScenario, outlineOf, scenarioNamed} from '../../scenarios/build-scenario.ts'
import {imaginedSite} from '../../scenarios/imagined-site.ts'
import {type ScenarioName, scenarioNames} from '../../scenarios/index.ts'
import type {ScenarioNeeds, ScenarioSite} from '../../scenarios/scenario.ts'
import {imageName} from '../../steps/artifact.ts'
import type {KubernetesObject} from '../../steps/object.ts'
import type {PreflightFinding} from '../preflight-finding.ts'
import {type ScenarioFacts, type ScenarioState, scenarioState} from './scenario-facts.ts'
import {scenarioFindings} from './scenario-findings.ts'
import {findSite} from './scenario-site.ts'

/** A line of `scenario list`. */
export interface ListedScenario {
  readonly name: ScenarioName
  readonly title: string
  /** Absent where there is no cluster. */
  readonly state?: ScenarioState
  /** What keeps the cluster from having it, one sentence each. */
  readonly lacks: readonly string[]
}

/** All scenarios, each with how it is with it in the cluster. */
export function listScenarios(facts: ScenarioFacts | undefined): readonly ListedScenario[] {
  return scenarioNames.map((name) => {
    const {title} = scenarioNamed(name)
    if (!facts) return {name, title, lacks: []}
    return {name, title, state: stateOf(name, facts), lacks: siteOf(name, facts).lacks.map(({message}) => message)}
  })
}

/** What `scenario show` tells. */
export interface ScenarioView {
  readonly name: ScenarioName
  readonly title: string
  readonly shows: string
  readonly needs: string
  readonly state?: ScenarioState
  /** The objects are those of a cluster that does not exist. */
  readonly imagined: boolean
  readonly objects: readonly KubernetesObject[]
  /** Files on nodes that some networks need beside their objects. */
  readonly nodeFiles: readonly string[]
  readonly checks: readonly string[]
  readonly look: readonly string[]
}

/** A scenario as it is, or would be, in the cluster; where that lacks something, or is not there, in one as `create` makes it. */
export function viewScenario(name: ScenarioName, facts: ScenarioFacts | undefined): ScenarioView {
  const {title, shows, needs} = scenarioNamed(name)
  const site = facts && siteOf(name, facts).site
  const parts = buildScenario(name, site ?? imaginedSite(needs))
  return {
    name,
    title,
    shows,
    needs: needsText(needs),
    ...(facts && {state: stateOf(name, facts)}),
    imagined: site === undefined,
    objects: [...parts.namespaces, ...parts.groundwork, ...parts.workloads],
    nodeFiles: parts.nodeFiles.map(({path}) => path),
    checks: parts.checks.map(({check, subject}) => {
      const judge = checkNamed(check)
      return judge ? `${judge.title}: ${judge.label(subject)}` : check
    }),
    look: parts.look,
  }
}

/** The site that a cluster is for a scenario; or all that it lacks. */
export function siteOf(
  name: ScenarioName,
  facts: ScenarioFacts,
): {readonly site?: ScenarioSite; readonly lacks: readonly PreflightFinding[]} {
  const artifact = facts.artifacts.find((one) => one.name === 'probe')
  const {nic, ...found} = findSite(name, artifact ? imageName(artifact) : '', facts)
  const lacks = scenarioFindings(name, {...found, ...(nic && {nic})}, facts)
  return lacks.length > 0 ? {lacks} : {site: {...found, nic: nic ?? noNic}, lacks}
}

/** For scenarios that need no extra network. */
const noNic = {interface: '', mtu: 0}

function stateOf(name: ScenarioName, {made}: ScenarioFacts): ScenarioState {
  return scenarioState(name, outlineOf(name).namespaces, made)
}

function needsText({workers, blocks, plugins}: ScenarioNeeds): string {
  return [
    workers === 1 ? 'a worker' : `${workers} workers`,
    ...(blocks > 0 ? ['an extra network'] : []),
    `the plugins ${plugins.join(', ')}`,
  ].join(', ')
}
