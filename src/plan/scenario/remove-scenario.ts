import {Problem} from '../../problem.ts'
import {outlineOf} from '../../scenarios/build-scenario.ts'
import type {ScenarioName} from '../../scenarios/index.ts'
import type {ObjectRef} from '../../steps/object.ts'
import type {Plan, Step, StepId} from '../../steps/step.ts'
import {runDeadlines} from '../deadlines.ts'
import type {TargetFacts} from '../facts.ts'
import {makePlan} from '../make-plan.ts'
import {requestedNetworks} from '../requested-networks.ts'
import type {ScenarioFacts} from './scenario-facts.ts'

export interface RemoveScenarioInput {
  readonly name: ScenarioName
  /** Seconds for the whole run. */
  readonly timeoutSeconds?: number
}

/**
 * Removes everything that carries the scenario's label, and what its networks left on the nodes: configurations, leases, bridges. Nothing else is touched, and a scenario that is
 * not there is removed already. Throws network-in-use when pods of somebody else use its networks.
 */
export function removeScenario({name, timeoutSeconds}: RemoveScenarioInput, facts: ScenarioFacts): Plan {
  refuseUsers(name, facts)
  const own = facts.made.filter(({scenario}) => scenario === name).map(({ref}) => ref)
  return makePlan({
    title: `Remove the scenario ${name}`,
    cluster: facts.cluster,
    steps: removalSteps(name, own, facts),
    timeoutSeconds: timeoutSeconds ?? runDeadlines.change,
  })
}

/**
 * Nodes last, for pods hold addresses and ports of bridges until they are gone. Pods and namespaces go side by side: Kubernetes lets a namespace rest
 * for five seconds before it empties it (namespace controller, namespaceDeletionGracePeriod).
 */
export function removalSteps(
  name: ScenarioName,
  objects: readonly ObjectRef[],
  {nodes}: Pick<TargetFacts, 'nodes'>,
): readonly Step[] {
  const spaces = objects.filter(({kind}) => kind === 'Namespace')
  const inCluster = [
    ...deletion(
      'remove-objects',
      objects.filter((ref) => !spaces.includes(ref)),
    ),
    ...deletion('remove-namespaces', spaces),
  ]
  const after = inCluster.map(({id}) => id)
  const all = nodes.map((node) => node.name)
  const {nodePaths, bridges} = outlineOf(name)
  const files = nodePaths.map(
    (path): Step => ({
      id: `remove-node-files:${path}`,
      title: `Remove ${path} from the nodes`,
      action: {type: 'delete-node-files', path, nodes: all},
      after,
    }),
  )
  const links: readonly Step[] =
    bridges.length === 0
      ? []
      : [
          {
            id: 'remove-bridges',
            title: `Remove ${bridges.join(', ')} from the nodes`,
            action: {type: 'delete-node-links', links: bridges, nodes: all},
            after,
          },
        ]
  return [...inCluster, ...files, ...links]
}

function deletion(id: StepId, objects: readonly ObjectRef[]): readonly Step[] {
  if (objects.length === 0) return []
  const kinds = [...new Set(objects.map(({kind}) => kind))]
  const title = kinds
    .map(
      (kind) =>
        `${kind} ${objects
          .filter((ref) => ref.kind === kind)
          .map((ref) => ref.name)
          .join(', ')}`,
    )
    .join('; ')
  return [{id, title: `Delete ${title}`, action: {type: 'delete-objects', objects}, after: []}]
}

/** Pods of other namespaces on the scenario's networks would lose their configuration, and their bridge at once. */
function refuseUsers(name: ScenarioName, {pods}: ScenarioFacts): void {
  const {namespaces, networks} = outlineOf(name)
  const own = networks.map((network) => `${network.namespace}/${network.name}`)
  const users = pods.filter(
    (pod) =>
      !namespaces.includes(pod.namespace) &&
      [...pod.status.map((entry) => entry.name), ...requestedNetworks(pod)].some((network) => own.includes(network)),
  )
  if (users.length === 0) return
  throw new Problem('network-in-use', {
    message: `Pods that the scenario ${name} did not make use its networks`,
    findings: users.map((pod) => ({
      at: `${pod.namespace}/${pod.name}`,
      message: `runs on ${pod.node || 'no node yet'}`,
      fix: `kubectl -n ${pod.namespace} delete pod ${pod.name}`,
    })),
    suggestions: users.slice(0, 3).map((pod) => `kubectl -n ${pod.namespace} delete pod ${pod.name}`),
  })
}
