import type {Verdict} from '../../steps/check-request.ts'
import type {Check} from '../check.ts'
import {networkStatusOf, type StatusEntry} from '../network-status.ts'
import {isReady} from '../pod-start.ts'
import {jsonOf} from '../seen.ts'
import {type AttachedPod, attachedPods, firstOf, interfaceOf, labelOf, podObject, reportOf} from './attached-pod.ts'

/** Multus reports exactly the networks that the pod asked for, in their order, on the interfaces that follow from it. */
export const attachListed: Check<AttachedPod> = {
  id: 'A02',
  title: 'Multus reports what was asked for',
  tier: 'quick',
  severity: 'error',
  needs: ['multus', 'attached-pods'],
  subjects: attachedPods,
  label: labelOf,
  probes: (subject) => ({pod: podObject(subject)}),
  judge(evidence, subject) {
    const object = jsonOf(evidence, 'pod')
    if ('value' in object && isReady(object.value) && networkStatusOf(object.value) === undefined)
      return neverSeen(subject)
    const report = reportOf(evidence, subject)
    if ('verdict' in report) return report.verdict
    const entries = report.entries.filter(({isDefault}) => !isDefault)
    return (
      firstOf([...wrongNetworks(entries, subject), ...wrongNames(entries, subject)]) ?? {
        status: 'pass',
        summary: entries.map((entry) => `${entry.interface} of ${entry.name}`).join(', '),
      }
    )
  },
}

function wrongNetworks(entries: readonly StatusEntry[], {networks, pod}: AttachedPod): readonly Verdict[] {
  const got = entries.map(({name}) => name).join(', ')
  const wanted = networks.map(({network}) => network).join(', ')
  if (got === wanted) return []
  return [{status: 'fail', summary: `${pod} asked for ${wanted} and got ${got || 'nothing'}`, fix: again}]
}

function wrongNames(entries: readonly StatusEntry[], {pod}: AttachedPod): readonly Verdict[] {
  return entries.flatMap(({interface: name, name: network}, place): readonly Verdict[] =>
    name === interfaceOf(place)
      ? []
      : [{status: 'fail', summary: `${network} of ${pod} is on ${name}, not on ${interfaceOf(place)}`, fix: again}],
  )
}

/** Seen when Cilium had renamed Multus' file away: the pod is Ready with eth0 only, without event and without annotation. */
function neverSeen({pod, node}: AttachedPod): Verdict {
  return {
    status: 'fail',
    summary: `${pod} is Ready, but Multus never saw it: it has the primary network alone`,
    cause: `Multus was not first in /etc/cni/net.d of ${node} when the pod started`,
    fix: 'k8s-local verify --check multus-first; then delete the pod and create it again',
  }
}

const again = 'delete the pod and create it again'
