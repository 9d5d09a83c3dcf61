import {Problem} from '../problem.ts'
import type {Plan} from '../steps/step.ts'
import {runDeadlines} from './deadlines.ts'
import type {TargetFacts, TargetPod} from './facts.ts'
import {makePlan} from './make-plan.ts'
import {usersOf} from './network-users.ts'
import {removeNetworkSteps} from './parts/network-removal.ts'
import {findNetwork} from './target-cluster.ts'

export interface RemoveNetworkInput {
  readonly namespace: string
  readonly name: string
  /** Also while pods use it: they keep their interface until they end. */
  readonly force: boolean
  /** Seconds for the whole run. */
  readonly timeoutSeconds?: number
}

/** Removes a network, its files on the nodes where we wrote them, and its DHCP servers. Throws network-not-found, and network-in-use with the pods. */
export function removeNetwork({namespace, name, force, timeoutSeconds}: RemoveNetworkInput, facts: TargetFacts): Plan {
  const network = findNetwork({namespace, name}, facts)
  const users = usersOf(`${namespace}/${name}`, facts.pods)
  if (users.length > 0 && !force) throw inUse(`${namespace}/${name}`, users)
  const title = `Remove the network ${namespace}/${name}`
  return makePlan({
    title,
    cluster: facts.cluster,
    steps: removeNetworkSteps(network, facts, title),
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
