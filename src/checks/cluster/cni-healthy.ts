import {cnis} from '../../catalog/cni/index.ts'
import type {Check} from '../check.ts'
import {judgeRollout, type Workload, workloadPath} from '../rollout.ts'
import {couldNotLook, jsonOf} from '../seen.ts'

type Subject = Workload & {
  readonly cni: string
}

/** H06: the primary CNI's workloads are rolled out. A Ready node proves nothing: Calico crash-loops under Ready nodes. */
export const cniHealthy: Check<Subject> = {
  id: 'H06',
  title: 'Primary CNI is healthy',
  tier: 'quick',
  severity: 'error',
  usesCni: true,
  settleSeconds: 10,
  needs: ['cni'],
  subjects({cni, cniNamespace}) {
    if (cni === 'other') return []
    const {title, ready} = cnis[cni]
    return ready.map(({kind, namespace, name}) => ({kind, namespace: cniNamespace ?? namespace, name, cni: title}))
  },
  label: ({kind, namespace, name}) => `${kind} ${namespace}/${name}`,
  probes: (subject) => ({workload: {type: 'api', path: workloadPath(subject)}}),
  judge(evidence, subject) {
    const looked = jsonOf(evidence, 'workload')
    if ('missing' in looked) return couldNotLook(`${subject.cni}'s ${subject.kind} ${subject.name}`, looked)
    const rollout = judgeRollout(looked.value, subject)
    if (rollout.complete) return {status: 'pass', summary: rollout.summary}
    return {
      status: 'fail',
      summary: rollout.summary,
      fix: `kubectl -n ${subject.namespace} describe ${subject.kind.toLowerCase()} ${subject.name}`,
    }
  },
}
