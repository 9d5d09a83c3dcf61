import type {CniContext} from '../../catalog/cni/cni-option.ts'
import {cnis} from '../../catalog/cni/index.ts'
import type {Action} from '../../steps/action.ts'
import type {Readiness} from '../../steps/readiness.ts'
import type {Step, StepId} from '../../steps/step.ts'
import {deadlines} from '../deadlines.ts'
import {ends, join, type Part} from '../part.ts'
import {artifactOf, namesOf, type ResolvedCluster} from '../resolved-cluster.ts'
import {fetchArtifact} from './artifacts.ts'
import {signs} from './kind-cluster.ts'

/** The interface of a node that carries the cluster's own traffic: kind's network is the first that a node container is on. */
const clusterDevice = 'eth0'

export const cniSteps = {
  install: 'install-cni',
  confFile: 'cni-conf-file',
  nodesReady: 'nodes-ready',
  coreDns: 'rollout:coredns',
} as const

/**
 * The primary CNI, from its installation to its complete roll-out. It is installed when its images are on every node (a pod that starts earlier
 * fails with ErrImagePull and waits longer and longer); it counts as ready by its roll-outs, which are looked at only when all nodes are Ready:
 * a DaemonSet's roll-out is complete on the nodes that are there.
 */
export function installCni(cluster: ResolvedCluster, imported: readonly StepId[]): Part {
  const option = cnis[cluster.cni]
  const nodes = namesOf(cluster.nodes)
  const {action, fetched} = installation(cluster)
  const install: Step = {
    id: cniSteps.install,
    title: `Install ${option.title} ${cluster.cniVersion}`,
    action,
    after: [signs.api, ...imported, ...fetched.done],
  }
  const waits: readonly Step[] = [
    {
      id: cniSteps.confFile,
      title: `Wait for ${option.title}'s configuration on every node`,
      action: {
        type: 'wait',
        for: {type: 'file-on-nodes', path: `/etc/cni/net.d/${option.confFile}`, nodes},
        timeoutSeconds: deadlines.confFile,
        onTimeout: 'fail',
      },
      after: [install.id],
    },
    {
      id: cniSteps.nodesReady,
      title: 'Wait until all nodes are Ready',
      action: {
        type: 'wait',
        for: {type: 'nodes-ready', nodes},
        timeoutSeconds: deadlines.nodesReady,
        onTimeout: 'fail',
      },
      after: [signs.registered, install.id],
    },
    ...option.ready.map((ready) => rollout(`rollout:${ready.name}`, ready, [cniSteps.nodesReady])),
    rollout(cniSteps.coreDns, {type: 'rollout', kind: 'Deployment', namespace: 'kube-system', name: 'coredns'}, [
      cniSteps.nodesReady,
    ]),
  ]
  return {steps: [...fetched.steps, install, ...waits], done: ends(waits)}
}

export function rollout(
  id: StepId,
  ready: (typeof cnis)[keyof typeof cnis]['ready'][number] | RolloutOf,
  after: readonly StepId[],
): Step {
  return {
    id,
    title: `Wait for the roll-out of ${ready.name}`,
    action: {type: 'wait', for: ready, timeoutSeconds: deadlines.rollout, onTimeout: 'fail'},
    after,
  }
}

type RolloutOf = Extract<Readiness, {type: 'rollout'}>

/** What kind gives kubeadm as its endpoint: the control plane, or what it starts in front of several (kind 0.33, providers/common). */
function apiServerOf({name, controlPlanes}: ResolvedCluster): CniContext['apiServer'] {
  return {host: `${name}-${controlPlanes > 1 ? 'external-load-balancer' : 'control-plane'}`, port: 6443}
}

function installation(cluster: ResolvedCluster): {readonly action: Action; readonly fetched: Part} {
  const {cniVersion: version, podSubnet, controlPlanes} = cluster
  const install = cnis[cluster.cni].install({
    version,
    podSubnet,
    controlPlanes,
    device: clusterDevice,
    apiServer: apiServerOf(cluster),
  })
  if (install.by === 'manifest') {
    const artifact = artifactOf(cluster, install.manifest)
    return {action: {type: 'apply-manifest', artifact, edits: install.edits}, fetched: fetchArtifact(artifact)}
  }
  const helm = artifactOf(cluster, 'helm')
  const chart = artifactOf(cluster, install.chart)
  const {release, namespace, values, capabilityLists} = install
  const node = namesOf(cluster.nodes, 'control-plane')[0] ?? cluster.name
  return {
    action: {type: 'install-chart', helm, chart, release, namespace, values, capabilityLists, node},
    fetched: join(fetchArtifact(helm), fetchArtifact(chart)),
  }
}
