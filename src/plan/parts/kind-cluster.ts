import {kindConfig} from '../../templates/kind-config.ts'
import {imageName} from '../../steps/artifact.ts'
import type {Step, StepId} from '../../steps/step.ts'
import {deadlines} from '../deadlines.ts'
import {join, nothing, type Part} from '../part.ts'
import {artifactOf, namesOf, type ResolvedCluster} from '../resolved-cluster.ts'
import {ensureLoadBalancer, ensureNodeImage, fetchArtifact} from './artifacts.ts'

/** Removes what an interrupted run left, so that kind can start from nothing. */
export function removeRemains(cluster: string): Part {
  return {
    steps: [
      {
        id: 'remove-remains',
        title: 'Remove the node containers of an interrupted run',
        action: {type: 'delete-kind-cluster', cluster},
        after: [],
      },
      {
        id: 'remove-remaining-networks',
        title: 'Remove the engine networks of an interrupted run',
        action: {type: 'delete-engine-networks', cluster},
        after: ['remove-remains'],
      },
    ],
    done: ['remove-remaining-networks'],
  }
}

export const kindSteps = {journal: 'begin-cluster', create: 'kind-cluster'} as const satisfies Record<string, StepId>

export interface KindClusterOptions {
  readonly remains: Part
  /** Whether the cluster has to be noted down first: not when it exists, for then its journal must not start again. */
  readonly journal: boolean
}

/** kind, from its program and node image to the end of its long run. Everything else starts behind the waits of `clusterSigns`. */
export function kindCluster(cluster: ResolvedCluster, {remains, journal}: KindClusterOptions): Part {
  const kind = artifactOf(cluster, 'kind')
  const image = cluster.warm?.image ?? artifactOf(cluster, 'node')
  const balancer = cluster.controlPlanes > 1 ? ensureLoadBalancer(artifactOf(cluster, 'load-balancer')) : nothing
  const fetched = join(fetchArtifact(kind), ensureNodeImage(image, cluster.warm?.promised), balancer)
  const begin: Step = {
    id: kindSteps.journal,
    title: 'Note down what is being made',
    action: {type: 'begin-cluster', cluster: cluster.name, record: cluster.record},
    after: remains.done,
  }
  const before = journal ? [begin] : []
  const create: Step = {
    id: kindSteps.create,
    title: `Create ${count(cluster.nodes.length, 'node')} with kind, Kubernetes ${cluster.kubernetes}`,
    action: {
      type: 'create-kind-cluster',
      cluster: cluster.name,
      nodes: namesOf(cluster.nodes),
      config: kindConfig(cluster),
      image: imageName(image),
      kind,
    },
    after: [...before.map(({id}) => id), ...fetched.done],
  }
  return {steps: [...remains.steps, ...fetched.steps, ...before, create], done: [create.id]}
}

/** What kind itself comes after: the waits start with it. */
export function startOf({steps}: Part): readonly StepId[] {
  return steps.find(({id}) => id === kindSteps.create)?.after ?? []
}

/** What can be seen of a cluster from outside while kind still works on it. */
export const signs = {
  running: 'nodes-running',
  configured: 'nodes-configured',
  containerd: 'containerd-answers',
  api: 'api-ready',
  registered: 'nodes-registered',
} as const satisfies Record<string, StepId>

export interface SignOptions {
  /** What kind itself comes after: the waits start with it. */
  readonly startAfter: readonly StepId[]
  /** Images will be imported. */
  readonly imports: boolean
}

/** The waits that let work start while kind runs. */
export function clusterSigns(cluster: ResolvedCluster, {startAfter, imports}: SignOptions): Part {
  const nodes = namesOf(cluster.nodes)
  const containerd: Step = {
    id: signs.containerd,
    title: 'Wait until the nodes take images',
    action: {
      type: 'wait',
      for: {type: 'containerd-answers', nodes},
      timeoutSeconds: deadlines.containerd,
      onTimeout: 'fail',
    },
    after: [signs.running],
  }
  const steps: readonly Step[] = [
    {
      id: signs.running,
      title: 'Wait until the node containers run',
      action: {
        type: 'wait',
        for: {type: 'nodes-running', nodes},
        timeoutSeconds: deadlines.nodesRunning,
        onTimeout: 'fail',
      },
      after: startAfter,
    },
    ...(imports ? [containerd] : []),
    {
      id: signs.configured,
      title: 'Wait until kind has configured the nodes',
      action: {
        type: 'wait',
        for: {type: 'nodes-configured', nodes},
        timeoutSeconds: deadlines.nodesConfigured,
        onTimeout: 'fail',
      },
      after: [signs.running],
    },
    {
      id: signs.api,
      title: 'Wait until the API answers',
      action: {
        type: 'wait',
        for: {type: 'api-ready', cluster: cluster.name, node: nodes[0] ?? '', kind: artifactOf(cluster, 'kind')},
        timeoutSeconds: deadlines.api,
        onTimeout: 'fail',
      },
      after: [signs.configured],
    },
    {
      id: signs.registered,
      title: 'Wait until all nodes are registered',
      action: {
        type: 'wait',
        for: {type: 'nodes-registered', nodes},
        timeoutSeconds: deadlines.registered,
        onTimeout: 'fail',
      },
      after: [signs.api],
    },
  ]
  return {steps, done: [signs.registered]}
}

export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
