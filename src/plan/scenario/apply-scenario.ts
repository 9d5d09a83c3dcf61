import {checkNamed} from '../../checks/index.ts'
import {buildScenario, outlineOf, scenarioNamed} from '../../scenarios/build-scenario.ts'
import type {ScenarioName} from '../../scenarios/index.ts'
import type {ScenarioParts} from '../../scenarios/scenario.ts'
import type {CheckRequest} from '../../steps/check-request.ts'
import type {KubernetesObject} from '../../steps/object.ts'
import type {Plan, Step, StepId} from '../../steps/step.ts'
import {probeImage, probeImageOn} from '../parts/probe-image.ts'
import {deadlines, runDeadlines} from '../deadlines.ts'
import {makePlan} from '../make-plan.ts'
import {nothing, type Part} from '../part.ts'
import {copyPlugins} from '../parts/plugins.ts'
import {refuse} from '../preflight-finding.ts'
import {needMultus} from '../target-cluster.ts'
import {removalSteps} from './remove-scenario.ts'
import {type ScenarioFacts, scenarioState} from './scenario-facts.ts'
import {siteOf} from './view-scenario.ts'

export interface ApplyScenarioInput {
  readonly name: ScenarioName
  /** Leaves what was made where it is when the run fails or is interrupted. */
  readonly keep: boolean
  /** Seconds for the whole run. */
  readonly timeoutSeconds?: number
}

/**
 * Makes a scenario and proves it: its networks and policies, its pods, then every check. What a run made that fails is removed, unless it was there before.
 * Throws multus-missing, artifact-unavailable (no probe image), preflight-failed with all that the cluster lacks.
 */
export function applyScenario({name, keep, timeoutSeconds}: ApplyScenarioInput, facts: ScenarioFacts): Plan {
  needMultus(facts)
  const image = probeImage(facts.artifacts)
  const {site, lacks} = siteOf(name, facts)
  refuse(lacks)
  if (!site) throw new Error(`no site was found for ${name}, and nothing is lacking`)
  const parts = buildScenario(name, site)
  const images = probeImageOn(image, site.workers)
  const plugins = pluginPart(name, facts)
  const ground = groundSteps(parts)
  const pods = podSteps(parts, [...ground.done, ...images.done, ...plugins.done])
  const isNew = scenarioState(name, outlineOf(name).namespaces, facts.made) === 'not applied'
  return makePlan({
    title: `Apply the scenario ${name}`,
    cluster: facts.cluster,
    steps: [
      ...images.steps,
      ...plugins.steps,
      ...ground.steps,
      ...pods.steps,
      ...checkSteps(parts.checks, {ground: ground.done, pods: pods.done}),
    ],
    onFailure: keep || !isNew ? [] : removalSteps(name, objectsOutsideAndNamespaces(name), facts),
    timeoutSeconds: timeoutSeconds ?? runDeadlines.change,
  })
}

function pluginPart(name: ScenarioName, {plugins, artifacts, nodes}: ScenarioFacts): Part {
  const archive = artifacts.find((artifact) => artifact.name === 'cni-plugins')
  const complete = scenarioNamed(name).needs.plugins.every((plugin) => plugins.includes(plugin))
  if (complete || !archive) return nothing
  return copyPlugins(
    archive,
    nodes.map((node) => node.name),
    [],
  )
}

/** Namespaces and files first: a network without its file would make a pod fail that asks at once. */
function groundSteps({namespaces, nodeFiles, groundwork}: ScenarioParts): Part {
  const spaces: Step = {
    id: 'namespaces',
    title: `Create ${namesOf(namespaces)}`,
    action: {type: 'apply-objects', objects: namespaces},
    after: [],
  }
  const files = nodeFiles.map(
    ({path, files: texts}, index): Step => ({
      id: `network-files:${index + 1}`,
      title: `Write each node's part of a network to ${path}`,
      action: {type: 'write-node-files', path, files: texts},
      after: [],
    }),
  )
  const ground: Step = {
    id: 'groundwork',
    title: `Make ${namesOf(groundwork)}`,
    action: {type: 'apply-objects', objects: groundwork},
    after: [spaces.id, ...files.map(({id}) => id)],
  }
  return {steps: [spaces, ...files, ground], done: [ground.id]}
}

/** The wait goes on when it was in vain: the checks tell why a pod is not there. */
function podSteps({workloads}: ScenarioParts, after: readonly StepId[]): Part {
  const start: Step = {
    id: 'workloads',
    title: `Start ${namesOf(workloads.filter(({kind}) => kind !== 'Service'))}`,
    action: {type: 'apply-objects', objects: workloads},
    after,
  }
  const spaces = [...new Set(workloads.map(({metadata}) => metadata.namespace ?? ''))]
  const waits = spaces.flatMap((namespace) => {
    const own = workloads.filter(({metadata}) => metadata.namespace === namespace)
    const names = own.flatMap(podNames)
    return [
      ...(names.length > 0 ? [waitStep(`ready:${namespace}`, {type: 'pods-ready', namespace, names}, start.id)] : []),
      ...own
        .filter(({kind}) => kind === 'Deployment')
        .map(({metadata: {name}}) =>
          waitStep(`rollout:${namespace}/${name}`, {type: 'rollout', kind: 'Deployment', namespace, name}, start.id),
        ),
    ]
  })
  return {steps: [start, ...waits], done: waits.map(({id}) => id)}
}

function waitStep(id: StepId, readiness: Extract<Step['action'], {type: 'wait'}>['for'], after: StepId): Step {
  const what = readiness.type === 'pods-ready' ? readiness.names.join(', ') : id.slice(id.indexOf('/') + 1)
  return {
    id,
    title: `Wait until ${what} ${what.includes(',') ? 'are' : 'is'} Ready`,
    action: {type: 'wait', for: readiness, timeoutSeconds: deadlines.probePods, onTimeout: 'continue'},
    after: [after],
  }
}

/** Pods whose names are known beforehand. */
function podNames({kind, metadata: {name}, spec}: KubernetesObject): readonly string[] {
  if (kind === 'Pod') return [name]
  if (kind !== 'StatefulSet') return []
  return Array.from({length: (spec as {readonly replicas: number}).replicas}, (_, index) => `${name}-${index}`)
}

function checkSteps(
  requests: readonly CheckRequest[],
  after: {readonly ground: readonly StepId[]; readonly pods: readonly StepId[]},
): readonly Step[] {
  return requests.map((request, index): Step => {
    const judge = checkNamed(request.check)
    if (!judge) throw new Error(`no check is called ${request.check}`)
    return {
      id: `check:${index + 1}:${request.check}`,
      title: `${judge.title}: ${judge.label(request.subject)}`,
      action: {type: 'check', request},
      after: request.check === 'admission' ? after.ground : after.pods,
      proof: true,
    }
  })
}

function objectsOutsideAndNamespaces(name: ScenarioName) {
  const {outside, namespaces} = outlineOf(name)
  return [...outside, ...namespaces.map((namespace) => ({apiVersion: 'v1', kind: 'Namespace', name: namespace}))]
}

function namesOf(objects: readonly KubernetesObject[]): string {
  const kinds = [...new Set(objects.map(({kind}) => kind))]
  return kinds
    .map((kind) => {
      const names = objects.filter((object) => object.kind === kind).map(({metadata}) => metadata.name)
      return `${kind} ${[...new Set(names)].join(', ')}`
    })
    .join('; ')
}
