import type {Drivers} from '../../drivers/ports.ts'
import type {TargetFacts} from '../../plan/facts.ts'
import {targetLooks} from '../../plan/rights/observation.ts'
import type {KubernetesObject} from '../../steps/object.ts'
import type {ChosenTarget} from '../choose-target.ts'
import {containerLabel, findNodeContainers, kindLabel} from './find-node-containers.ts'
import {observeIsolation} from './observe-isolation.ts'
import {observeNetworks} from './observe-networks.ts'
import {observeNodeImages} from './observe-node-images.ts'
import {observeNodes} from './observe-nodes.ts'
import {observePlugins} from './observe-plugins.ts'
import {observeRefusedLinks} from './observe-refused-links.ts'
import {observeRecord} from './observe-record.ts'
import type {TargetLooker} from './target-looker.ts'
import {toTargetPod} from './to-target-pod.ts'

/** What can be seen of a running cluster. */
export interface TargetView
  extends Pick<
    TargetFacts,
    | 'cluster'
    | 'record'
    | 'detected'
    | 'nodesHere'
    | 'ours'
    | 'nodes'
    | 'networks'
    | 'pods'
    | 'namespaces'
    | 'plugins'
    | 'refusedLinks'
    | 'isolation'
  > {
  /** `os/arch` of the nodes. */
  readonly platform: string
  /** Full names of the images that every node holds. */
  readonly images: ReadonlySet<string>
}

export interface LookOptions extends ChosenTarget {
  readonly signal?: AbortSignal
}

/**
 * Looks at everything at once, changes nothing. What only the container engine can tell (NICs, plugins, files and images on nodes) is empty for a cluster
 * whose nodes are not containers here. Throws kubeconfig-unreadable, api-unreachable, api-forbidden, api-refused.
 */
export async function lookAtTarget(drivers: Drivers, {cluster, target, ...options}: LookOptions): Promise<TargetView> {
  const signal = options.signal ?? new AbortController().signal
  const kubernetes = await drivers.kubernetes(target.kubeconfig, target.context)
  const [nodeObjects, pods, namespaces, containers, engineNetworks, journal] = await Promise.all([
    kubernetes.list(targetLooks.nodes, signal),
    kubernetes.list(targetLooks.pods, signal),
    kubernetes.list(targetLooks.namespaces, signal),
    orNone(drivers.engine.containers(containerLabel({cluster, target}), signal)),
    orNone(drivers.engine.networks(signal)),
    drivers.journal.read(cluster),
  ])
  const hosts = await findNodeContainers(nodeObjects, containers, {drivers, target, signal})
  const kindName = hosts.containers[0]?.labels[kindLabel] ?? cluster
  const looker: TargetLooker = {
    drivers,
    kubernetes,
    cluster,
    ...hosts,
    engineNetworks: engineNetworks.filter(({labels}) => labels['k8s-local.dev/cluster'] === kindName),
    nodes: nodeObjects,
    signal,
  }
  const [nodes, isolation, networks, plugins, refusedLinks, images, recorded] = await Promise.all([
    observeNodes(looker),
    observeIsolation(looker),
    observeNetworks(looker),
    observePlugins(looker),
    observeRefusedLinks(looker),
    observeNodeImages(looker),
    observeRecord(looker, hosts.nodesHere ? journal?.record : undefined),
  ])
  return {
    cluster,
    ...recorded,
    nodesHere: hosts.nodesHere,
    ours: journal !== undefined && looker.containers.length > 0,
    nodes,
    networks,
    ...(isolation && {isolation}),
    pods: pods.map(toTargetPod),
    namespaces: namespaces.map(({metadata}) => metadata.name),
    plugins,
    refusedLinks,
    images,
    platform: platformOf(nodeObjects),
  }
}

function platformOf([node]: readonly KubernetesObject[]): string {
  const {nodeInfo} = (node?.['status'] ?? {}) as {
    readonly nodeInfo?: {readonly operatingSystem?: string; readonly architecture?: string}
  }
  return `${nodeInfo?.operatingSystem ?? 'linux'}/${nodeInfo?.architecture ?? 'amd64'}`
}

/** An engine that is not there is no fault here: the cluster may be anywhere. */
async function orNone<T>(look: Promise<readonly T[]>): Promise<readonly T[]> {
  return await look.catch(() => [])
}
