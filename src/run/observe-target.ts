import type {Drivers} from '../drivers/ports.ts'
import type {TargetFacts} from '../plan/facts.ts'
import type {KubernetesObject} from '../steps/object.ts'
import {observeArtifacts} from './artifact-index/observe-artifacts.ts'
import type {ChosenTarget} from './choose-target.ts'
import {readManifests} from './read-manifests.ts'
import {observeNetworks} from './target/observe-networks.ts'
import {observeNodes} from './target/observe-nodes.ts'
import {observePlugins} from './target/observe-plugins.ts'
import {observeRecord} from './target/observe-record.ts'
import type {TargetLooker} from './target/target-looker.ts'
import {toTargetPod} from './target/to-target-pod.ts'

export interface TargetOptions extends ChosenTarget {
  /** Absolute path of an offline bundle; absent: online. */
  readonly bundle?: string
  readonly signal?: AbortSignal
}

/**
 * Everything that planning needs to know of one running cluster; changes nothing. What only the container engine can tell (NICs, plugins, files on
 * nodes) is empty for a cluster whose nodes are not containers here. Throws kubeconfig-unreadable, api-unreachable, api-forbidden, api-refused, and what
 * reading the artifacts throws.
 */
export async function observeTarget(
  drivers: Drivers,
  {cluster, target, bundle, signal}: TargetOptions,
): Promise<TargetFacts> {
  const kubernetes = await drivers.kubernetes(target.kubeconfig, target.context)
  const [nodeObjects, pods, namespaces, containers, engineNetworks, manifests, journal] = await Promise.all([
    kubernetes.list({apiVersion: 'v1', kind: 'Node'}, signal),
    kubernetes.list({apiVersion: 'v1', kind: 'Pod'}, signal),
    kubernetes.list({apiVersion: 'v1', kind: 'Namespace'}, signal),
    orNone(drivers.engine.containers(`io.x-k8s.kind.cluster=${cluster}`, signal)),
    orNone(drivers.engine.networks(signal)),
    readManifests(drivers.files),
    drivers.journal.read(cluster),
  ])
  const looker: TargetLooker = {
    drivers,
    kubernetes,
    cluster,
    containers: containers.filter(({state}) => state === 'running'),
    engineNetworks: engineNetworks.filter(({labels}) => labels['k8s-local.dev/cluster'] === cluster),
    nodes: nodeObjects,
    signal: signal ?? new AbortController().signal,
  }
  const [nodes, networks, plugins, record, {artifacts}] = await Promise.all([
    observeNodes(looker),
    observeNetworks(looker),
    observePlugins(looker),
    observeRecord(looker, journal?.record),
    observeArtifacts({bundle, node: platformOf(nodeObjects), signal}, drivers),
  ])
  return {
    cluster,
    record,
    nodes,
    networks,
    pods: pods.map(toTargetPod),
    namespaces: namespaces.map(({metadata}) => metadata.name),
    artifacts,
    manifests,
    plugins,
    runId: crypto.randomUUID().slice(0, 6),
  }
}

/** An engine that is not there is no fault here: the cluster may be anywhere. */
async function orNone<T>(look: Promise<readonly T[]>): Promise<readonly T[]> {
  return await look.catch(() => [])
}

/** `os/arch` of the first node. */
function platformOf([node]: readonly KubernetesObject[]): string {
  const {nodeInfo} = (node?.['status'] ?? {}) as {
    readonly nodeInfo?: {readonly operatingSystem?: string; readonly architecture?: string}
  }
  return `${nodeInfo?.operatingSystem ?? 'linux'}/${nodeInfo?.architecture ?? 'amd64'}`
}
