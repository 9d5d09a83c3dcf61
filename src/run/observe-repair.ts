import {type CniName, cnis} from '../catalog/cni/index.ts'
import {multusModes} from '../catalog/multus/index.ts'
import {hostLocalFolders, readChain} from '../checks/rehearsal/chain.ts'
import type {Drivers, EngineContainer, EngineNetwork} from '../drivers/ports.ts'
import type {TargetFacts} from '../plan/facts.ts'
import type {NodeContainer, OnNode, RepairFacts} from '../plan/repair/repair-facts.ts'
import {sceneOfTarget} from '../plan/scene.ts'
import {checksOfTier} from '../plan/select-checks.ts'
import {Problem} from '../problem.ts'
import type {ClusterRecord} from '../steps/action.ts'
import {inParallel} from './in-parallel.ts'
import {observeTarget, type TargetOptions} from './observe-target.ts'
import {quickChecks} from './queries/quick-checks.ts'
import {makeRunId} from './run-id.ts'
import {observeObjects} from './target/observe-objects.ts'
import {type NodeWish, observeOnNode} from './target/observe-on-node.ts'

/**
 * All that repairs want to know of a cluster that may be broken; changes nothing. While a node container stands still nobody asks the API, which may be in
 * that one. Throws what `observeTarget` throws.
 */
export async function observeRepair(drivers: Drivers, options: TargetOptions): Promise<RepairFacts> {
  const {cluster, signal = new AbortController().signal} = options
  const [all, networks, journal] = await Promise.all([
    orNone(drivers.engine.containers(`io.x-k8s.kind.cluster=${cluster}`, signal)),
    orNone(drivers.engine.networks(signal)),
    drivers.journal.read(cluster),
  ])
  const containers = all.flatMap(toNode).toSorted(byPlace)
  const machine = (record: ClusterRecord) => ({containers, engineNetworks: extraNetworks(networks, record)})
  if (containers.some(({state}) => state !== 'running')) {
    const record = journal?.record ?? unknownRecord(cluster)
    return {...unseen(cluster, record), ...machine(record)}
  }
  const facts = await observeTarget(drivers, options)
  const kubernetes = await drivers.kubernetes(options.target.kubeconfig, options.target.context)
  const context = {drivers, signal, kubernetes: () => Promise.resolve(kubernetes)}
  const names = containers.map(({name}) => name).filter((name) => facts.nodes.some((node) => node.name === name))
  const quick = checksOfTier('quick')
  const [objects, onNodes, verdicts] = await Promise.all([
    observeObjects(kubernetes, signal),
    inParallel(names, (name) => observeOrSkip(name, wishOf(facts), context)),
    quickChecks({...sceneOfTarget(facts, {runId: facts.runId, everyNode: false}), pods: []}, context, quick),
  ])
  return {
    ...facts,
    ...machine(facts.record),
    ...objects,
    verdicts,
    onNodes: Object.fromEntries(onNodes.flat()),
  }
}

/** An engine that is not there is no fault here: the cluster may be anywhere. */
async function orNone<T>(look: Promise<readonly T[]>): Promise<readonly T[]> {
  return await look.catch(() => [])
}

/** A node that does not answer is not judged: the checks say that of it. */
async function observeOrSkip(
  node: string,
  wish: NodeWish,
  context: Parameters<typeof observeOnNode>[2],
): Promise<readonly (readonly [string, OnNode])[]> {
  try {
    return [[node, await observeOnNode(node, wish, context)]]
  } catch (error) {
    if (context.signal.aborted || !(error instanceof Problem)) throw error
    return []
  }
}

/** A load balancer is a container of the cluster, and no node of it. */
function toNode({name, state, labels, addresses}: EngineContainer): readonly NodeContainer[] {
  const role = labels['io.x-k8s.kind.role']
  return role === 'control-plane' || role === 'worker' ? [{name, role, state, addresses}] : []
}

/** As `create` counts them, which gave them their addresses in this order. */
function byPlace(a: NodeContainer, b: NodeContainer): number {
  return a.role.localeCompare(b.role) || a.name.localeCompare(b.name, 'en', {numeric: true})
}

function extraNetworks(networks: readonly EngineNetwork[], record: ClusterRecord): RepairFacts['engineNetworks'] {
  const places = record.networks.map(({name}) => name)
  return networks
    .filter(({labels}) => labels['k8s-local.dev/cluster'] === record.name)
    .map(({name, labels, subnets}) => ({
      name,
      network: labels['k8s-local.dev/network'] ?? name,
      subnet: subnets[0] ?? '',
    }))
    .toSorted((a, b) => places.indexOf(a.network) - places.indexOf(b.network))
}

function wishOf({record, networks}: TargetFacts): NodeWish {
  const leaseFolders = networks.flatMap(({name, config, nodeConfigs}) =>
    (config === '' ? Object.values(nodeConfigs) : [config]).flatMap((text) => {
      const chain = readChain(text, name)
      return 'fault' in chain ? [] : hostLocalFolders(chain)
    }),
  )
  const isKnown = record.multus in multusModes && record.cni in cnis
  const mode = record.multus as keyof typeof multusModes
  return {
    ...(isKnown && {multus: {mode, confFile: cnis[record.cni as CniName].confFile}}),
    leaseFolders: [...new Set(leaseFolders)],
  }
}

function unknownRecord(name: string): ClusterRecord {
  const [cni, cniVersion, kubernetes] = ['unknown', 'unknown', 'unknown']
  const counts = {controlPlanes: 0, workers: 0}
  return {name, kubernetes, ...counts, cni, cniVersion, multus: 'none', podSubnet: '', serviceSubnet: '', networks: []}
}

/** Nobody has asked the API. */
function unseen(cluster: string, record: ClusterRecord): Omit<RepairFacts, 'containers' | 'engineNetworks'> {
  return {
    cluster,
    record,
    nodesHere: true,
    ours: true,
    nodes: [],
    networks: [],
    pods: [],
    namespaces: [],
    artifacts: [],
    manifests: {},
    plugins: [],
    refusedLinks: {},
    runId: makeRunId(),
    verdicts: [],
    nodeObjects: [],
    podObjects: [],
    deployments: {},
    pools: [],
    reservations: [],
    onNodes: {},
  }
}
