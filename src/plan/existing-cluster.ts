import type {ClusterSpec} from '../spec/cluster-spec.ts'
import {minorOf} from '../spec/versions.ts'
import type {ClusterRecord} from '../steps/action.ts'
import type {ClusterFacts, Facts} from './facts.ts'
import type {PreflightFinding} from './preflight-finding.ts'

export type Existing =
  /** Nothing of that name. */
  | {readonly state: 'absent'}
  /** What a run that did not get far has left: it is removed first. */
  | {readonly state: 'remains'}
  /** A cluster of ours that runs: only what is missing is added. */
  | {readonly state: 'ours'; readonly record: ClusterRecord}
  | {readonly state: 'refused'; readonly findings: readonly PreflightFinding[]}

/** Labels on the engine networks that we make. */
export const networkLabels = {cluster: 'k8s-local.dev/cluster', network: 'k8s-local.dev/network'} as const

/** What there is of the cluster asked for, by what this machine shows. */
export function findExisting(spec: ClusterSpec, facts: Facts): Existing {
  const cluster = facts.clusters.find(({name}) => name === spec.name)
  const networks = facts.engineNetworks.filter(({labels}) => labels[networkLabels.cluster] === spec.name)
  if (!cluster || cluster.nodes.length === 0)
    return cluster?.journal || networks.length > 0 ? {state: 'remains'} : {state: 'absent'}
  if (!cluster.journal) return {state: 'refused', findings: [notOurs(cluster)]}
  if (cluster.journal.phase === 'creating') return {state: 'remains'}
  const stopped = cluster.nodes.filter(({state}) => state !== 'running')
  if (stopped.length > 0)
    return {
      state: 'refused',
      findings: [
        notRunning(
          cluster,
          stopped.map(({name}) => name),
        ),
      ],
    }
  const findings = differences(spec, cluster.journal.record)
  return findings.length > 0 ? {state: 'refused', findings} : {state: 'ours', record: cluster.journal.record}
}

function notOurs({name}: ClusterFacts): PreflightFinding {
  return {
    problem: 'cluster-exists',
    at: 'NAME',
    message: `a kind cluster ${name} exists that k8s-local did not make`,
    fix: `choose another name, or remove it: kind delete cluster --name ${name}`,
  }
}

function notRunning({name}: ClusterFacts, stopped: readonly string[]): PreflightFinding {
  return {
    problem: 'cluster-partial',
    at: 'NAME',
    message: `the cluster ${name} exists, but ${stopped.join(', ')} ${stopped.length === 1 ? 'does' : 'do'} not run`,
    fix: `docker start ${stopped.join(' ')}`,
  }
}

/** Everything that a running cluster cannot be changed into. More extra networks can be added; fewer are left as they are. */
function differences(spec: ClusterSpec, record: ClusterRecord): readonly PreflightFinding[] {
  const fields = [
    ['--control-planes', 'control planes', record.controlPlanes, spec.controlPlanes],
    ['--workers', 'workers', record.workers, spec.workers],
    [
      '--kubernetes',
      'Kubernetes',
      record.kubernetes,
      fitsVersion(spec.kubernetes, record.kubernetes) ? record.kubernetes : spec.kubernetes,
    ],
    ['--cni', 'CNI', record.cni, spec.cni],
    ['--multus', 'Multus', record.multus, spec.multus],
    ['--pod-subnet', 'pod subnet', record.podSubnet, spec.podSubnet],
    ['--service-subnet', 'service subnet', record.serviceSubnet, spec.serviceSubnet],
    ...spec.networks.flatMap(({name, subnet}) => {
      const known = record.networks.find((network) => network.name === name)
      return known && subnet !== 'auto'
        ? [['--network', `subnet of network ${name}`, known.subnet, subnet] as const]
        : []
    }),
  ] as const
  return fields
    .filter(([, , is, asked]) => is !== asked)
    .map(([at, what, is, asked]) => ({
      problem: 'cluster-differs',
      at,
      message: `${what}: the cluster ${spec.name} has ${is}, asked for is ${asked}`,
      fix: `leave out ${at} to keep the cluster as it is, or make it anew: k8s-local delete ${spec.name}`,
    }))
}

/** Whether a version as asked for (`auto`, `1.34`, `v1.34.4`) is satisfied by one that is there. */
export function fitsVersion(asked: string, version: string): boolean {
  return asked === 'auto' || asked === version || asked === minorOf(version)
}
