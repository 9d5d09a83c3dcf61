import {cnis, type CniName} from '../catalog/cni/index.ts'
import {multusModes, type MultusMode} from '../catalog/multus/index.ts'
import {networkTypes} from '../catalog/network/index.ts'
import type {NetworkOption} from '../catalog/network/network-option.ts'
import type {Baseline, Scene, SceneNetwork, SceneNode} from '../checks/check.ts'
import {parseNetworkConfig, pluginsOf} from '../checks/network-config.ts'
import {isProbeNamespace, probeNamespaceName, probePodPlaces} from '../templates/probe-pods.ts'
import {resourceAnnotation} from '../templates/labels.ts'
import {hasDhcpServer, withoutDhcpServers} from './dhcp-service.ts'
import type {TargetFacts, TargetNetwork} from './facts.ts'
import {networkSets} from './network-sets.ts'
import {chooseNodeAccess, type NodeAccessWish} from './node-access.ts'
import type {ResolvedCluster} from './resolved-cluster.ts'
import type {ResolvedNetwork} from './resolved-network.ts'
import {surroundingsOf} from './surroundings.ts'

export interface SceneOptions {
  readonly runId: string
  /** Probe pods on every node, the control plane's too; else only where pods are scheduled. */
  readonly everyNode: boolean
  /** An existing namespace for the probe pods; absent: one that is made for the run. */
  readonly namespace?: string
}

export interface TargetSceneOptions extends SceneOptions {
  /** Names of networks (`namespace/name`); all when absent. */
  readonly only?: readonly string[]
  readonly nodeAccess?: NodeAccessWish
  /** A cluster that k8s-local did not make may be restarted for a proof. */
  readonly disruptive?: boolean
  /** What was measured before, to compare with. */
  readonly baseline?: Baseline
}

/** What verify works on in a cluster that runs. */
export function sceneOfTarget(facts: TargetFacts, options: TargetSceneOptions): Scene {
  const {surroundings} = facts
  const asked = facts.networks
    // Other runs of verify make networks that are wrong on purpose.
    .filter(({namespace}) => !isProbeNamespace(namespace))
    .filter(({namespace, name}) => options.only?.includes(`${namespace}/${name}`) ?? true)
  return makeScene({
    ...ownParts(facts),
    nodeAccess: chooseNodeAccess(options.nodeAccess ?? 'auto', facts, namespaceOf(options)),
    networks: asked.map((network) => ({
      ...toSceneNetwork(network),
      ...(network.config === '' && !facts.nodesHere && {unread: true as const}),
    })),
    attachable: withoutDhcpServers(asked, facts.networks)
      .filter(isAttachable)
      .filter(({namespace}) => facts.isolation?.shared.includes(namespace) ?? true)
      .map(({namespace, name}) => `${namespace}/${name}`),
    ...(surroundings && {surroundings: surroundingsOf({...facts, surroundings}, asked)}),
    ...(!facts.ours && {foreign: true}),
    ...(!facts.ours && options.disruptive !== true && {spared}),
    ...(options.baseline && {baseline: options.baseline}),
    options,
  })
}

/** The cluster itself: no networks and no pods. */
export function statusScene(facts: OwnFacts): Scene {
  return {
    ...ownParts(facts),
    nodeAccess: chooseNodeAccess('auto', facts, ''),
    networks: [],
    namespace: '',
    pods: [],
  }
}

const spared = 'k8s-local did not make this cluster: --disruptive allows it to restart things there'

/** The same for a cluster that this plan makes: its nodes' addresses are known to nobody yet. */
export function sceneOfCluster(
  cluster: ResolvedCluster,
  networks: readonly ResolvedNetwork[],
  options: SceneOptions,
): Scene {
  return makeScene({
    cluster: cluster.name,
    nodes: cluster.nodes.map((node) => ({...node, address: ''})),
    nodesHere: true,
    nodeAccess: {by: 'engine'},
    cni: cluster.cni,
    multus: cluster.multus,
    networks: networks.map(({namespace, name, config, nodeFiles}) =>
      toSceneNetwork({namespace, name, config, nodeConfigs: nodeFiles?.files ?? {}}),
    ),
    attachable: networks.map(({namespace, name}) => `${namespace}/${name}`),
    options,
  })
}

type OwnFacts = Pick<TargetFacts, 'cluster' | 'record' | 'detected' | 'isolation' | 'nodesHere' | 'nodes'>

function ownParts({cluster, record, detected, isolation, nodesHere, nodes}: OwnFacts) {
  return {
    cluster,
    nodes: nodes.map(({name, role, address, nics}) => ({
      name,
      role,
      address,
      nics: nics.map((nic) => ({interface: nic.interface, address: nic.address})),
    })),
    nodesHere,
    cni: record.cni in cnis ? (record.cni as CniName) : ('other' as const),
    multus: record.multus in multusModes ? (record.multus as MultusMode) : ('none' as const),
    ...(isolation && {isolation}),
    ...detected,
  }
}

interface SceneParts extends Omit<Scene, 'namespace' | 'pods' | 'runId'> {
  readonly attachable: readonly string[]
  readonly options: SceneOptions
}

function makeScene({attachable, options, ...parts}: SceneParts): Scene {
  const carried = parts.networks.filter(({namespace, name}) => attachable.includes(`${namespace}/${name}`))
  const places = probePodPlaces({
    nodes: podNodes(parts.nodes, options),
    sets: networkSets(parts.multus === 'none' ? [] : carried),
  })
  return {...parts, namespace: namespaceOf(options), runId: options.runId, pods: places}
}

function namespaceOf({namespace, runId}: SceneOptions): string {
  return namespace ?? probeNamespaceName(runId)
}

function podNodes(nodes: readonly SceneNode[], {everyNode}: SceneOptions): readonly SceneNode[] {
  const workers = nodes.filter(({role}) => role === 'worker')
  return everyNode || workers.length === 0 ? nodes : workers
}

function toSceneNetwork({
  namespace,
  name,
  config,
  nodeConfigs,
}: Pick<TargetNetwork, 'namespace' | 'name' | 'config' | 'nodeConfigs'>): SceneNetwork {
  const parsed = parseNetworkConfig(config === '' ? (Object.values(nodeConfigs)[0] ?? '') : config)
  const perNode = config === '' ? {nodeConfigs} : {}
  if ('fault' in parsed) return {namespace, name, type: 'unknown', config, ...perNode, spansNodes: false, plugins: []}
  const type = parsed.types[0] ?? 'unknown'
  const option = typeNamed(type)
  return {
    namespace,
    name,
    type,
    config,
    ...perNode,
    spansNodes: option?.spansNodes ?? false,
    plugins: pluginsOf(parsed),
  }
}

/**
 * Whether a pod can ask for the network without more ado. Probe pods carry many networks, so one that no pod can have would hide the rest:
 * unreadable ones, those that need a device or take one away, those that lead nowhere, those whose addresses the pod has to bring, and those of a DHCP
 * server that is not ours.
 */
function isAttachable(network: TargetNetwork): boolean {
  const {config, nodeConfigs, annotations} = network
  if (annotations[resourceAnnotation] !== undefined) return false
  const parsed = parseNetworkConfig(config === '' ? (Object.values(nodeConfigs)[0] ?? '') : config)
  if ('fault' in parsed || typeNamed(parsed.types[0])?.unprovable !== undefined) return false
  if (parsed.ipam === 'dhcp') return hasDhcpServer(network)
  return !(parsed.ipam === 'static' && parsed.pools.length === 0)
}

function typeNamed(type: string | undefined): NetworkOption | undefined {
  return (networkTypes as Readonly<Record<string, NetworkOption>>)[type ?? '']
}
