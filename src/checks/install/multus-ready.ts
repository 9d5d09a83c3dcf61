import type {Check, MultusSet} from '../check.ts'
import {textAt} from '../json-path.ts'
import {judgeRollout} from '../rollout.ts'
import {couldNotLook, isAbsent, jsonOf} from '../seen.ts'
import {multusProbes, readMultusPods, upstreamSet} from './multus-pods.ts'

type Subject = {
  readonly nodes: readonly string[]
  /** Absent: where upstream's manifests put it. */
  readonly multusSet?: MultusSet
}

/** M02: one Multus pod runs on every node, has not been killed for memory and does not restart. */
export const multusReady: Check<Subject> = {
  id: 'M02',
  title: 'Multus runs on every node',
  tier: 'quick',
  severity: 'error',
  needs: ['multus'],
  settleSeconds: 10,
  subjects: ({multus, nodes, multusSet}) =>
    multus === 'none' ? [] : [{nodes: nodes.map((node) => node.name), ...(multusSet && {multusSet})}],
  label: () => '',
  probes: ({multusSet = upstreamSet}) => multusProbes(multusSet),
  judge(evidence, {nodes, multusSet = upstreamSet}) {
    const {namespace, name} = multusSet
    const workload = jsonOf(evidence, 'daemonSet')
    if (isAbsent(workload))
      return {
        status: 'fail',
        summary: `there is no DaemonSet ${namespace}/${name}`,
        cause: 'Multus was uninstalled',
        fix: 'run k8s-local create again with the same flags',
      }
    if ('missing' in workload) return couldNotLook('the Multus DaemonSet', workload)
    const pods = readMultusPods(evidence, 'pods')
    if ('missing' in pods) return couldNotLook('the Multus pods', pods)
    const runs = pods.value
    const missing = nodes.filter((node) => !runs.some((run) => run.node === node && run.ready))
    const killed = runs.filter((run) => run.killedAt !== undefined)
    const restarts = runs.reduce((sum, run) => sum + run.restarts, 0)
    const evidenceLines = runs.map((run) => `${run.node}: ${run.state}, ${run.restarts} restarts`)
    if (killed.length > 0) {
      return {
        status: 'fail',
        summary: `Multus was killed for memory on ${killed.map((run) => run.node).join(', ')}`,
        evidence: evidenceLines,
        cause: 'its memory limit is too low for the pods that start at once (multus #1346)',
        fix: `kubectl -n ${namespace} set resources ds/${name} --limits=memory=1Gi`,
      }
    }
    const rollout = judgeRollout(workload.value, {kind: 'DaemonSet', namespace, name})
    if (missing.length > 0 || !rollout.complete) {
      return {
        status: 'fail',
        summary: missing.length > 0 ? `Multus is not ready on ${missing.join(', ')}` : rollout.summary,
        evidence: evidenceLines,
        fix: `kubectl -n ${namespace} logs ds/${name} --all-containers`,
      }
    }
    const image = textAt(workload.value, 'spec', 'template', 'spec', 'containers', 0, 'image') ?? 'unknown image'
    if (restarts > 0) {
      return {
        status: 'warn',
        summary: `ready on ${nodes.length} of ${nodes.length} nodes, after ${restarts} restarts (${image})`,
        evidence: evidenceLines,
      }
    }
    return {status: 'pass', summary: `ready on ${nodes.length} of ${nodes.length} nodes, no restarts (${image})`}
  },
}
