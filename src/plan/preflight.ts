import {lowLimits, nodeMemory, oldestEngine} from '../checks/cluster/machine-needs.ts'
import type {ClusterSpec} from '../spec/cluster-spec.ts'
import {compareVersions} from '../spec/versions.ts'
import type {Facts} from './facts.ts'
import {clear, mergeReports, type PreflightFinding, type Report} from './preflight-finding.ts'
import type {ResolvedCluster} from './resolved-cluster.ts'

const gibibyte = 2 ** 30

/** What this machine lacks for the cluster, all of it at once. Nothing here is about a cluster that exists: that one has its room already. */
export function preflight(cluster: ResolvedCluster, facts: Facts): Report {
  return mergeReports(
    engineReport(facts),
    memoryReport(cluster, facts),
    diskReport(diskNeeded(cluster), facts),
    limitsReport(facts),
  )
}

/** Holds for every run of create, also when the cluster exists. */
export function kubeconfigReport({kubeconfig}: Facts): Report {
  if (kubeconfig.writable) return clear
  return forbid({
    problem: 'kubeconfig-unwritable',
    at: '--kubeconfig',
    message: `${kubeconfig.file} cannot be written${kubeconfig.reason === undefined ? '' : `: ${kubeconfig.reason}`}`,
    fix: 'name another file: --kubeconfig FILE',
  })
}

/** An engine network of somebody else under a name that we need. */
export function networkNameReport({name}: Pick<ClusterSpec, 'name'>, cluster: ResolvedCluster, facts: Facts): Report {
  const taken = cluster.networks.filter((network) =>
    facts.engineNetworks.some((other) => other.name === network.name && other.labels['k8s-local.dev/cluster'] !== name),
  )
  return {
    findings: taken.map((network) => ({
      problem: 'engine-network-conflict',
      at: '--network',
      message: `the engine has a network ${network.name} that k8s-local did not make`,
      fix: `docker network rm ${network.name}, or call the extra network otherwise`,
    })),
    notes: [],
  }
}

function engineReport({engine}: Facts): Report {
  if (compareVersions(engine.version, oldestEngine) >= 0) return clear
  return forbid({
    problem: 'engine-too-old',
    at: engine.name,
    message: `the container engine is Docker ${engine.version}, and ${oldestEngine} is the oldest that works`,
    fix: 'update it: https://docs.docker.com/engine/install/',
  })
}

function memoryReport({nodes}: ResolvedCluster, {engine}: Facts): Report {
  const needed = (nodes.length + 0.5) * nodeMemory
  if (engine.memory >= needed) return clear
  const workers = Math.max(0, Math.floor(engine.memory / gibibyte - 0.5) - 1)
  return forbid({
    problem: 'preflight-failed',
    at: 'memory',
    message: `${nodes.length} nodes need about ${inGib(needed)} of memory, and the engine has ${inGib(engine.memory)}`,
    fix: `ask for fewer nodes (--workers ${workers}), or give the engine more memory`,
  })
}

/** `needed`: bytes where the engine keeps its data. */
export function diskReport(needed: number, {diskFree, engine}: Facts): Report {
  if (diskFree === undefined || diskFree >= needed) return clear
  return forbid({
    problem: 'disk-full',
    at: 'disk',
    message: `about ${inGib(needed)} are needed in ${engine.dataRoot}, and ${inGib(diskFree)} are free`,
    fix: 'docker system prune frees what no container uses',
  })
}

/** Bytes: the node image once, and on every node each image twice (as layers, and unpacked), with room for etcd and logs. */
function diskNeeded({nodes, artifacts, warm}: ResolvedCluster): number {
  const all = Object.values(artifacts)
  const images = all.filter(({type}) => type === 'image').reduce((sum, {size}) => sum + (size ?? 0.2 * gibibyte), 0)
  const node = warm?.image ?? artifacts.node
  const nodeImage = node?.origin.kind === 'engine' ? 0 : (node?.size ?? gibibyte)
  return nodeImage + nodes.length * (2 * images + 0.5 * gibibyte)
}

function limitsReport({limits}: Facts): Report {
  const low = lowLimits(limits)
  return {
    findings: [],
    notes: low.map(
      ({key, is, wanted}) =>
        `${key} is ${is}, which several nodes can use up ("too many open files"): sysctl -w ${key}=${wanted}`,
    ),
  }
}

function forbid(finding: PreflightFinding): Report {
  return {findings: [finding], notes: []}
}

function inGib(bytes: number): string {
  return `${(bytes / gibibyte).toFixed(1)} GiB`
}
