import {Problem} from '../problem.ts'
import type {Plan, Step} from '../steps/step.ts'
import {nodeFileAnnotation} from '../templates/labels.ts'
import {runDeadlines} from './deadlines.ts'
import type {TargetFacts, TargetPod} from './facts.ts'
import {makePlan} from './make-plan.ts'
import {usersOf} from './network-users.ts'
import {findNetwork} from './target-cluster.ts'

export interface RemoveNetworkInput {
  readonly namespace: string
  readonly name: string
  /** Also while pods use it: they keep their interface until they end. */
  readonly force: boolean
  /** Seconds for the whole run. */
  readonly timeoutSeconds?: number
}

/** Removes a network, and its files on the nodes where we wrote them. Throws network-not-found, and network-in-use with the pods. */
export function removeNetwork({namespace, name, force, timeoutSeconds}: RemoveNetworkInput, facts: TargetFacts): Plan {
  const network = findNetwork({namespace, name}, facts)
  const users = usersOf(`${namespace}/${name}`, facts.pods)
  if (users.length > 0 && !force) throw inUse(`${namespace}/${name}`, users)
  const object: Step = {
    id: `remove-network:${namespace}/${name}`,
    title: `Remove the network ${namespace}/${name}`,
    action: {
      type: 'delete-objects',
      objects: [{apiVersion: 'k8s.cni.cncf.io/v1', kind: 'NetworkAttachmentDefinition', name, namespace}],
    },
    after: [],
  }
  const path = network.annotations[nodeFileAnnotation]
  const files: Step[] = path
    ? [
        {
          id: `remove-network-files:${namespace}/${name}`,
          title: `Remove ${path} from the nodes`,
          action: {type: 'delete-node-files', path, nodes: facts.nodes.map((node) => node.name)},
          after: [object.id],
        },
      ]
    : []
  return makePlan({
    title: object.title,
    cluster: facts.cluster,
    steps: [object, ...files],
    timeoutSeconds: timeoutSeconds ?? runDeadlines.change,
    notes:
      users.length > 0
        ? [`${users.map((pod) => `${pod.namespace}/${pod.name}`).join(', ')} keep their interface until they end`]
        : [],
  })
}

function inUse(network: string, users: readonly TargetPod[]): Problem {
  const pods = users.map((pod) => `${pod.namespace}/${pod.name}`)
  return new Problem('network-in-use', {
    message: `The network ${network} is in use by ${pods.length} pod${pods.length === 1 ? '' : 's'}`,
    findings: users.map((pod) => ({
      at: `${pod.namespace}/${pod.name}`,
      message: `runs on ${pod.node || 'no node yet'} and uses ${network}`,
    })),
    suggestions: [
      `Delete them: kubectl delete pod -n ${users[0]?.namespace} ${users
        .filter((pod) => pod.namespace === users[0]?.namespace)
        .map((pod) => pod.name)
        .join(' ')}`,
      'Or remove it all the same: --force',
    ],
  })
}
