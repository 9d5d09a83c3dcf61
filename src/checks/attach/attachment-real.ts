import type {Check} from '../check.ts'
import {podDifferences, type ReportedInterface} from '../pod-differences.ts'
import {readInsideText} from '../pod-inside.ts'
import type {StatusEntry} from '../network-status.ts'
import {couldNotLook, textOf} from '../seen.ts'
import {type AttachedPod, attachedPods, labelOf, podObject, reportOf} from './attached-pod.ts'

/** Every interface, MAC and address that Multus reports is in the pod, by its own kernel's account, and no other. */
export const attachmentReal: Check<AttachedPod> = {
  id: 'A03',
  title: 'Attachment is real',
  tier: 'quick',
  severity: 'error',
  needs: ['multus', 'attached-pods'],
  subjects: attachedPods,
  label: labelOf,
  probes: (subject) => ({
    pod: podObject(subject),
    addresses: {type: 'pod', namespace: subject.namespace, pod: subject.pod, argv: ['ip', '-o', 'addr']},
    links: {type: 'pod', namespace: subject.namespace, pod: subject.pod, argv: ['ip', '-o', 'link']},
  }),
  judge(evidence, subject) {
    const report = reportOf(evidence, subject)
    if ('verdict' in report) return report.verdict
    const addresses = textOf(evidence, 'addresses')
    if ('missing' in addresses) return couldNotLook(`the addresses in ${subject.pod}`, addresses)
    const links = textOf(evidence, 'links')
    if ('missing' in links) return couldNotLook(`the interfaces in ${subject.pod}`, links)

    const inside = readInsideText(addresses.value, links.value, '')
    const differences = podDifferences(report.entries.map(toReported), inside)
    const [first] = differences
    if (first !== undefined)
      return {status: 'fail', summary: first, evidence: differences, fix: 'delete the pod and create it again'}
    return {
      status: 'pass',
      summary: report.entries
        .filter(({isDefault}) => !isDefault)
        .map((entry) => `${entry.interface} ${entry.ips.join(' ') || 'without address'} on ${entry.name}`)
        .join(', '),
    }
  },
}

function toReported({name, interface: device, ips, mac = '', isDefault}: StatusEntry): ReportedInterface {
  return {interface: device, network: name, ips, mac, primary: isDefault}
}
