import {Problem} from '../problem.ts'
import type {Plan} from '../steps/step.ts'
import {runDeadlines} from './deadlines.ts'
import {networkLabels} from './existing-cluster.ts'
import type {ClusterFacts, Facts} from './facts.ts'
import {makePlan} from './make-plan.ts'
import {removeCluster} from './parts/removal.ts'

export interface DeleteClusterInput {
  readonly cluster: string
  /** The kubeconfig that the user named: only that file is cleaned then. */
  readonly kubeconfig?: string
  /** Seconds for the whole run. */
  readonly timeoutSeconds?: number
}

/**
 * Removes everything that we made of a cluster, also when half of it is gone already. Throws cluster-not-found when there is nothing, and when a kind
 * cluster of that name is not ours: only what we made is removed.
 */
export function deleteCluster({cluster, kubeconfig, timeoutSeconds}: DeleteClusterInput, facts: Facts): Plan {
  const found = facts.clusters.find(({name}) => name === cluster)
  const networks = facts.engineNetworks.filter(({labels}) => labels[networkLabels.cluster] === cluster)
  if (!found && networks.length === 0) throw notFound(cluster, facts)
  if (found && !found.journal && networks.length === 0) throw notOurs(cluster)
  return makePlan({
    title: `Delete the cluster ${cluster}`,
    cluster,
    steps: removeCluster(cluster, kubeconfig === undefined ? kubeconfigsOf(found, facts) : [kubeconfig]),
    timeoutSeconds: timeoutSeconds ?? runDeadlines.delete,
  })
}

/** Those that `create` has written to; the default one where that was not noted. */
function kubeconfigsOf(found: ClusterFacts | undefined, facts: Facts): readonly string[] {
  const noted = found?.journal?.kubeconfigs ?? []
  return noted.length > 0 ? noted : [facts.kubeconfig.file]
}

function notFound(cluster: string, {clusters}: Facts): Problem {
  const ours = clusters.filter(({journal}) => journal !== undefined).map(({name}) => name)
  return new Problem('cluster-not-found', {
    message: `There is no cluster ${cluster}`,
    cause: ours.length > 0 ? `k8s-local has made: ${ours.join(', ')}` : 'k8s-local has made no cluster on this machine',
    suggestions: ['k8s-local list'],
  })
}

function notOurs(cluster: string): Problem {
  return new Problem('cluster-not-found', {
    message: `The kind cluster ${cluster} was not made by k8s-local`,
    suggestions: [`kind delete cluster --name ${cluster}`],
  })
}
