import type {Drivers} from '../drivers/ports.ts'
import type {ClusterFacts} from '../plan/facts.ts'
import {Problem} from '../problem.ts'
import {observeClusters} from './observe-clusters.ts'
import type {RunTarget} from './run-options.ts'

export interface TargetChoice {
  /** Name of a cluster; absent: the only one of ours, or the only one there is. */
  readonly cluster?: string
  /** A context of the user's kubeconfig, for a cluster that kind did not make here. */
  readonly context?: string
  /** Absolute path; absent: the user's default one. */
  readonly kubeconfig?: string
  readonly signal?: AbortSignal
}

export interface ChosenTarget {
  readonly cluster: string
  readonly target: RunTarget
}

/** Which running cluster a command works on, and how to reach it. Throws cluster-not-found and cluster-ambiguous, naming those that there are. */
export async function chooseTarget(
  {cluster, context, kubeconfig, signal}: TargetChoice,
  drivers: Drivers,
): Promise<ChosenTarget> {
  const file = kubeconfig ?? drivers.files.paths.kubeconfig
  if (context !== undefined)
    return {cluster: cluster ?? context.replace(/^kind-/, ''), target: {kubeconfig: file, context}}
  const containers = await drivers.engine.containers('io.x-k8s.kind.cluster', signal)
  const clusters = await observeClusters({containers, networks: []}, drivers.journal)
  const all = clusters.filter(({nodes}) => nodes.length > 0)
  const found = cluster === undefined ? only(all) : (all.find(({name}) => name === cluster) ?? notFound(cluster, all))
  // Ours by its private kubeconfig, which is right whatever the user has done to theirs.
  if (found.journal) return {cluster: found.name, target: {kubeconfig: drivers.journal.file(found.name, 'kubeconfig')}}
  return {cluster: found.name, target: {kubeconfig: file, context: `kind-${found.name}`}}
}

/** A cluster that k8s-local did not make is none to choose between while there is one that it made. */
function only(all: readonly ClusterFacts[]): ClusterFacts {
  const ours = all.filter(({journal}) => journal !== undefined)
  const choices = ours.length > 0 ? ours : all
  const [first, second] = choices
  if (!first) {
    throw new Problem('cluster-not-found', {
      message: 'There is no cluster on this machine',
      suggestions: ['k8s-local create'],
    })
  }
  if (!second) return first
  throw new Problem('cluster-ambiguous', {
    message: 'There are several clusters: say which',
    cause: choices.map(({name}) => name).join(', '),
    suggestions: [`Name it: --cluster ${first.name}`],
  })
}

function notFound(cluster: string, all: readonly ClusterFacts[]): never {
  throw new Problem('cluster-not-found', {
    message: `There is no cluster "${cluster}" on this machine`,
    cause: all.length > 0 ? `There are: ${all.map(({name}) => name).join(', ')}` : 'There is none at all',
    suggestions: ['k8s-local list', `k8s-local create ${cluster}`],
  })
}
