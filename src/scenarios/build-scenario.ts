import {type KubernetesObject, type ObjectRef, refOf} from '../steps/object.ts'
import {scenarioLabel} from '../templates/labels.ts'
import {imaginedSite} from './imagined-site.ts'
import {type ScenarioName, scenarios} from './index.ts'
import {leasesFolder} from './networks.ts'
import type {Scenario, ScenarioParts, ScenarioSite} from './scenario.ts'

/** A scenario at a site, everything labelled as the scenario's. */
export function buildScenario(name: ScenarioName, site: ScenarioSite): ScenarioParts {
  const parts = scenarioNamed(name).build(site)
  const label = (objects: readonly KubernetesObject[]) => objects.map((object) => labelled(object, name))
  return {
    ...parts,
    namespaces: label(parts.namespaces),
    groundwork: label(parts.groundwork),
    workloads: label(parts.workloads),
  }
}

export function scenarioNamed(name: ScenarioName): Scenario {
  return scenarios[name]
}

/** What a scenario consists of at every site alike. */
export interface ScenarioOutline {
  readonly namespaces: readonly string[]
  /** Objects that do not go with one of its namespaces. */
  readonly outside: readonly ObjectRef[]
  readonly networks: readonly {readonly namespace: string; readonly name: string}[]
  /** Files and folders on nodes: configurations, and leases of host-local. */
  readonly nodePaths: readonly string[]
  /** Bridges that stay on nodes when their last pod has gone. */
  readonly bridges: readonly string[]
}

/** Read from the objects themselves, at a site that does not exist. */
export function outlineOf(name: ScenarioName): ScenarioOutline {
  const parts = buildScenario(name, imaginedSite(scenarioNamed(name).needs))
  const namespaces = parts.namespaces.map(({metadata}) => metadata.name)
  const nads = parts.groundwork.filter(({kind}) => kind === 'NetworkAttachmentDefinition')
  const configs = [
    ...nads.flatMap((nad) => (nad['spec'] as {readonly config?: string}).config ?? []),
    ...parts.nodeFiles.flatMap(({files}) => Object.values(files).slice(0, 1)),
  ].map((text) => JSON.parse(text) as NetworkText)
  return {
    namespaces,
    outside: parts.groundwork.map(refOf).filter((ref) => !namespaces.includes(ref.namespace ?? '')),
    networks: nads.map(({metadata}) => ({namespace: metadata.namespace ?? '', name: metadata.name})),
    nodePaths: [
      ...parts.nodeFiles.map(({path}) => path),
      ...configs.filter(({ipam}) => ipam?.type === 'host-local').map((config) => `${leasesFolder}/${config.name}`),
    ],
    bridges: [...new Set(configs.flatMap(({bridge, plugins}) => bridge ?? plugins?.[0]?.bridge ?? []))],
  }
}

interface NetworkText {
  readonly name: string
  readonly bridge?: string
  readonly ipam?: {readonly type?: string}
  readonly plugins?: readonly {readonly bridge?: string}[]
}

function labelled(object: KubernetesObject, name: string): KubernetesObject {
  const labels = {...object.metadata.labels, [scenarioLabel]: name}
  return {...object, metadata: {...object.metadata, labels}}
}
