import type {Json} from '../../steps/object.ts'
import type {Check, MultusSet} from '../check.ts'
import {at, countAt, listAt, textAt} from '../json-path.ts'
import {judgeRollout, workloadPath} from '../rollout.ts'
import {couldNotLook, jsonOf} from '../seen.ts'

type Subject = {
  readonly nodes: readonly string[]
  /** Absent: where upstream's manifests put it. */
  readonly multusSet?: MultusSet
}

const upstream: MultusSet = {namespace: 'kube-system', name: 'kube-multus-ds', selector: 'app=multus'}

/** M02: one Multus pod runs on every node, has not been killed for memory and does not restart. */
export const multusReady: Check<Subject> = {
  id: 'M02',
  title: 'Multus runs on every node',
  tier: 'quick',
  severity: 'error',
  needs: ['multus'],
  settleSeconds: 10,
  subjects: ({multus, nodes, multusSet}) =>
    multus === 'none' ? [] : [{nodes: nodes.map(({name}) => name), ...(multusSet && {multusSet})}],
  label: () => '',
  probes: ({multusSet: {namespace, name, selector} = upstream}) => ({
    daemonSet: {type: 'api', path: workloadPath({kind: 'DaemonSet', namespace, name})},
    pods: {type: 'api', path: `/api/v1/namespaces/${namespace}/pods?labelSelector=${encodeURIComponent(selector)}`},
  }),
  judge(evidence, {nodes, multusSet = upstream}) {
    const daemonSet = {kind: 'DaemonSet', ...multusSet} as const
    const workload = jsonOf(evidence, 'daemonSet')
    if ('missing' in workload) return couldNotLook('the Multus DaemonSet', workload)
    const pods = jsonOf(evidence, 'pods')
    if ('missing' in pods) return couldNotLook('the Multus pods', pods)
    const runs = listAt(pods.value, 'items').map(toRun)
    const missing = nodes.filter((node) => !runs.some((run) => run.node === node && run.ready))
    const killed = runs.filter((run) => run.outOfMemory)
    const restarts = runs.reduce((sum, run) => sum + run.restarts, 0)
    const evidenceLines = runs.map((run) => `${run.node}: ${run.state}, ${run.restarts} restarts`)
    if (killed.length > 0) {
      return {
        status: 'fail',
        summary: `Multus was killed for memory on ${killed.map((run) => run.node).join(', ')}`,
        evidence: evidenceLines,
        cause: 'its memory limit is too low for the pods that start at once (multus #1346)',
        fix: `kubectl -n ${daemonSet.namespace} set resources ds/${daemonSet.name} --limits=memory=1Gi`,
      }
    }
    const rollout = judgeRollout(workload.value, daemonSet)
    if (missing.length > 0 || !rollout.complete) {
      return {
        status: 'fail',
        summary: missing.length > 0 ? `Multus is not ready on ${missing.join(', ')}` : rollout.summary,
        evidence: evidenceLines,
        fix: `kubectl -n ${daemonSet.namespace} logs ds/${daemonSet.name} --all-containers`,
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

interface Run {
  readonly node: string
  readonly ready: boolean
  readonly restarts: number
  readonly outOfMemory: boolean
  readonly state: string
}

function toRun(pod: Json): Run {
  const containers = [...listAt(pod, 'status', 'initContainerStatuses'), ...listAt(pod, 'status', 'containerStatuses')]
  const main = at(pod, 'status', 'containerStatuses', 0)
  return {
    node: textAt(pod, 'spec', 'nodeName') ?? '(no node)',
    ready: at(main, 'ready') === true,
    restarts: containers.reduce<number>((sum, container) => sum + countAt(container, 'restartCount'), 0),
    outOfMemory: containers.some((container) =>
      [
        textAt(container, 'state', 'terminated', 'reason'),
        textAt(container, 'lastState', 'terminated', 'reason'),
      ].includes('OOMKilled'),
    ),
    state:
      textAt(main, 'state', 'waiting', 'reason') ??
      Object.keys(at(main, 'state') ?? {})[0] ??
      textAt(pod, 'status', 'phase') ??
      'unknown',
  }
}
