import type {Drivers} from '../../drivers/ports.ts'
import type {ClusterFacts} from '../../plan/facts.ts'
import {observeClusters} from '../observe-clusters.ts'

/** One line of `list`. */
export interface ListedCluster {
  readonly name: string
  /** Whether k8s-local made it. */
  readonly ours: boolean
  readonly state: 'running' | 'stopped' | 'partly running' | 'half made' | 'in work' | 'remains'
  /** The process that works on it, while one does. */
  readonly worker?: {readonly pid: number; readonly host: string}
  readonly nodes: {readonly total: number; readonly running: number}
  readonly kubernetes?: string
  readonly cni?: string
  readonly multus?: string
  /** Names of its extra networks. */
  readonly networks: readonly string[]
}

/** Every kind cluster of this machine, ours or not, by name. Throws what the engine driver throws. */
export async function listClusters(
  drivers: Pick<Drivers, 'engine' | 'journal'>,
  signal?: AbortSignal,
): Promise<readonly ListedCluster[]> {
  const [containers, networks] = await Promise.all([
    drivers.engine.containers('io.x-k8s.kind.cluster', signal),
    drivers.engine.networks(signal),
  ])
  return (await observeClusters({containers, networks}, drivers.journal)).map(toListed)
}

export function toListed(cluster: ClusterFacts): ListedCluster {
  const {name, nodes, journal, worker, networks} = cluster
  const running = nodes.filter(({state}) => state === 'running').length
  const record = journal?.record
  return {
    name,
    ours: journal !== undefined || networks.length > 0,
    state: stateOf(cluster, running),
    ...(worker && {worker}),
    nodes: {total: nodes.length, running},
    ...(record && {kubernetes: record.kubernetes, cni: record.cni, multus: record.multus}),
    networks: networks.map((network) => network.name),
  }
}

/** `in work`: a run of ours makes or changes it now. `remains`: engine networks or a journal without any node. `half made`: a run that made it did not end. */
function stateOf({nodes, journal, worker}: ClusterFacts, running: number): ListedCluster['state'] {
  if (worker) return 'in work'
  if (nodes.length === 0) return 'remains'
  if (journal && journal.phase !== 'complete') return 'half made'
  if (running === nodes.length) return 'running'
  return running === 0 ? 'stopped' : 'partly running'
}
