import type {ClusterSpec} from '../spec/cluster-spec.ts'
import type {WarmUse} from '../spec/warm-field.ts'
import type {Plan} from '../steps/step.ts'
import {clusterParts} from './cluster-parts.ts'
import {runDeadlines} from './deadlines.ts'
import {type Existing, findExisting} from './existing-cluster.ts'
import type {Facts} from './facts.ts'
import {makePlan} from './make-plan.ts'
import {removeCluster} from './parts/removal.ts'
import {kubeconfigReport, networkNameReport, preflight} from './preflight.ts'
import {clear, mergeReports, refuse} from './preflight-finding.ts'
import {resolveCluster} from './resolve-cluster.ts'

export interface CreateClusterInput {
  readonly spec: ClusterSpec
  /** Prove at the end that it works. */
  readonly verify: boolean
  /** Leave what was made when the run fails, to look at it. */
  readonly keepOnFailure: boolean
  /** Whether nodes start from a warm node image, where there is one; absent: they do. */
  readonly warm?: WarmUse
  /** Seconds for the whole run. */
  readonly timeoutSeconds?: number
}

/**
 * A cluster as asked for, from nothing, from what an interrupted run has left, or from one that runs and lacks something.
 * Throws one Problem with everything that forbids it: cluster-exists, cluster-differs, cluster-partial, engine-too-old, version-unsupported,
 * bundle-incomplete, artifact-unavailable, engine-network-conflict, kubeconfig-unwritable, disk-full, or preflight-failed for several kinds.
 */
export function createCluster(input: CreateClusterInput, facts: Facts): Plan {
  const {spec, verify, keepOnFailure} = input
  const existing = findExisting(spec, facts)
  if (existing.state === 'refused') refuse(existing.findings)
  const {cluster, ...resolution} = resolveCluster({spec, probe: verify, warm: input.warm !== 'never'}, facts, existing)
  const report = mergeReports(
    resolution,
    networkNameReport(spec, cluster, facts),
    kubeconfigReport(facts),
    existing.state === 'ours' ? clear : preflight(cluster, facts),
  )
  refuse(report.findings)
  const {steps, always, notes} = clusterParts({cluster, existing, facts, verify})
  return makePlan({
    title: `Create the cluster ${cluster.name}`,
    cluster: cluster.name,
    steps,
    onFailure: undo(spec.name, existing, facts, keepOnFailure),
    always,
    timeoutSeconds: input.timeoutSeconds ?? runDeadlines.create,
    notes: [...report.notes, ...notes],
  })
}

/** Only what this run itself has made is removed: never a cluster that was there before. */
function undo(cluster: string, existing: Existing, {kubeconfig}: Facts, keep: boolean): Plan['onFailure'] {
  if (keep || existing.state === 'ours') return []
  return removeCluster(cluster, [kubeconfig.file]).map((step) => ({...step, id: `undo:${step.id}`, after: []}))
}
