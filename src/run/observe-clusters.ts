import type {EngineContainer, EngineNetwork, JournalDriver} from '../drivers/ports.ts'
import type {ClusterFacts} from '../plan/facts.ts'

/** kind's labels on node containers (kind v0.33 pkg/cluster/internal/providers/docker/constants.go). */
const clusterLabel = 'io.x-k8s.kind.cluster'
const roleLabel = 'io.x-k8s.kind.role'

/** Every cluster that something is left of: node containers, engine networks of ours, or a journal. By name. */
export async function observeClusters(
  {
    containers,
    networks,
  }: {readonly containers: readonly EngineContainer[]; readonly networks: readonly EngineNetwork[]},
  journal: JournalDriver,
): Promise<readonly ClusterFacts[]> {
  const names = new Set([
    ...containers.map(({labels}) => labels[clusterLabel]),
    ...networks.map(({labels}) => labels['k8s-local.dev/cluster']),
    ...(await journal.list()),
  ])
  const known = [...names].filter((name) => name !== undefined).toSorted()
  return await Promise.all(
    known.map(async (name) => {
      const [entry, worker] = await Promise.all([journal.read(name), journal.holder(name)])
      return {
        name,
        nodes: containers.filter(({labels}) => labels[clusterLabel] === name).flatMap(toNode),
        ...(entry && {journal: entry}),
        ...(worker && {worker: {pid: worker.pid, host: worker.host}}),
        networks: networksOf(name, networks),
      }
    }),
  )
}

/** Our engine networks of a cluster, by the name that the user gave them. */
export function networksOf(cluster: string, networks: readonly EngineNetwork[]): ClusterFacts['networks'] {
  const ours = networks.filter(({labels}) => labels['k8s-local.dev/cluster'] === cluster)
  return ours.map(({name, labels, subnets}) => ({
    name: labels['k8s-local.dev/network'] ?? name,
    subnet: subnets[0] ?? '',
  }))
}

/** Empty for a load balancer, which is a container of the cluster but no node of it. */
function toNode({name, state, labels, addresses}: EngineContainer): ClusterFacts['nodes'] {
  const role = labels[roleLabel]
  if (role !== 'control-plane' && role !== 'worker') return []
  return [{name, role, state, address: addresses['kind']?.ip ?? ''}]
}
