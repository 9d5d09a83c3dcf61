import type {Check} from '../check.ts'
import {type Ipv6Address, parseIpv6Addresses} from '../ip-output.ts'
import {couldNotLook, textOf} from '../seen.ts'
import {type AttachedPod, attachedPods, firstOf, labelOf, podObject, reportOf} from './attached-pod.ts'
import {hasIpv6} from './routes-declared.ts'

/** The IPv6 addresses that Multus reports can be used: the kernel has made sure that nobody else has them. */
export const ipv6Ready: Check<AttachedPod> = {
  id: 'A08',
  title: 'IPv6 addresses are usable',
  tier: 'default',
  severity: 'error',
  needs: ['multus', 'attached-pods'],
  // Duplicate address detection takes a second, and up to a second more before it.
  settleSeconds: 5,
  subjects: (scene) => {
    const pods = attachedPods(scene).filter(hasIpv6)
    return pods.length > 0 ? pods : {skip: 'no network hands out IPv6 addresses'}
  },
  label: labelOf,
  probes: (subject) => ({
    pod: podObject(subject),
    addresses: {type: 'pod', namespace: subject.namespace, pod: subject.pod, argv: ['ip', '-o', 'addr']},
  }),
  judge(evidence, subject) {
    const report = reportOf(evidence, subject)
    if ('verdict' in report) return report.verdict
    const addresses = textOf(evidence, 'addresses')
    if ('missing' in addresses) return couldNotLook(`the addresses in ${subject.pod}`, addresses)
    const own = parseIpv6Addresses(addresses.value).filter(({interface: device}) =>
      report.entries.some((entry) => entry.interface === device && !entry.isDefault),
    )
    const faults = own.flatMap((one) => {
      const words = unusable(one)
      return words === undefined
        ? []
        : [{status: 'fail' as const, summary: `${one.address} on ${one.interface} ${words.is}`, cause: words.cause}]
    })
    const used = own.filter(({scope}) => scope === 'global').map((one) => `${one.interface} ${one.address}`)
    return (
      firstOf(faults) ??
      (used.length === 0
        ? {status: 'fail', summary: `${subject.pod} has no IPv6 address on its networks`, cause: ipv6Off}
        : {status: 'pass', summary: used.join(', ')})
    )
  },
}

const ipv6Off = 'IPv6 is switched off on its interfaces: net.ipv6.conf.all.disable_ipv6 in the pod, or on the node'

function unusable({duplicate, tentative}: Ipv6Address): {readonly is: string; readonly cause: string} | undefined {
  if (duplicate)
    return {is: 'is refused by the kernel as a duplicate', cause: 'something else on the network has the address'}
  if (tentative)
    return {
      is: 'is still tentative',
      cause: 'duplicate address detection has not ended: see net.ipv6.conf.*.dad_transmits',
    }
  return undefined
}
