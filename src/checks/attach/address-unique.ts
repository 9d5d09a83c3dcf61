import type {Probe} from '../../steps/check-request.ts'
import type {Check} from '../check.ts'
import {textOf} from '../seen.ts'
import {answeredByOthers, outOfRange, takenTwice} from './address-faults.ts'
import {type AttachedPod, attachedPods, firstOf, itemsOf, labelOf, podObject, reportOf} from './attached-pod.ts'

/** Each address is one that its network hands out, no other pod of the cluster has it, and nobody else on the network answers to it. */
export const addressUnique: Check<AttachedPod> = {
  id: 'A04',
  title: "Address is the pod's alone",
  tier: 'quick',
  severity: 'error',
  needs: ['multus', 'attached-pods'],
  subjects: attachedPods,
  label: labelOf,
  probes: (subject) => ({
    pod: podObject(subject),
    pods: {type: 'api', path: '/api/v1/pods'},
    ...Object.fromEntries(subject.networks.map(({network}) => [`arp ${network}`, whoElse(subject, network)])),
  }),
  judge(evidence, subject) {
    const report = reportOf(evidence, subject)
    if ('verdict' in report) return report.verdict
    const entries = report.entries.filter(({isDefault}) => !isDefault)
    const pods = itemsOf(evidence, 'pods')
    const faults = entries.flatMap((entry) => {
      // Without arping in the image, or an IPv4 address to ask for, nothing is known from the network itself.
      const arp = textOf(evidence, `arp ${entry.name}`, {anyExit: true})
      return [
        ...outOfRange(entry, subject),
        ...takenTwice(entry, subject, pods),
        ...('value' in arp ? answeredByOthers(entry, arp.value) : []),
      ]
    })
    return (
      firstOf(faults) ?? {
        status: 'pass',
        summary: entries.map(({ips, name}) => `${ips.join(' ') || 'no address'} on ${name}`).join(', '),
      }
    )
  },
}

/**
 * Asks from inside who else has the pod's address: an ARP request without a sender, as RFC 5227 wants it. The pod does not answer itself, so any
 * answer is somebody else's.
 */
function whoElse({namespace, pod}: AttachedPod, network: string): Probe {
  const own = {namespace, pod, network}
  const argv = ['arping', '-D', '-f', '-c', '1', '-w', '1', '-I', {interface: own}, {address: own}]
  return {type: 'pod', namespace, pod, argv}
}
