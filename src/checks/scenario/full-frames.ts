import type {Judge} from '../check.ts'
import {parseLinks} from '../ip-output.ts'
import {couldNotLook, pingOf, textOf} from '../seen.ts'

export type FullFramesSubject = {
  readonly namespace: string
  readonly from: string
  readonly to: string
  /** `namespace/name`. */
  readonly network: string
  /** Of both interfaces: a packet of this many bytes is not fragmented, so it passes in one frame or not at all. */
  readonly mtu: number
}

/** Headers of IPv4 and ICMP. */
const headers = 28

/** Frames as large as the MTU allows pass from pod to pod: the path carries what the interfaces promise. */
export const fullFrames: Judge<FullFramesSubject> = {
  title: 'Full frames pass',
  label: ({namespace, from, to, mtu}) => `${namespace}/${from} -> ${to}, ${mtu} bytes`,
  probes: ({namespace, from, to, network, mtu}) => ({
    links: {type: 'pod', namespace, pod: from, argv: ['ip', '-o', 'link']},
    ping: {type: 'ping', namespace, from, to, network, count: 2, payload: mtu - headers},
  }),
  judge(evidence, {from, to, mtu}) {
    const ping = pingOf(evidence, 'ping')
    if ('missing' in ping) return couldNotLook(`the way from ${from} to ${to}`, ping)
    const links = textOf(evidence, 'links')
    if ('missing' in links) return couldNotLook(`the interfaces in ${from}`, links)
    const {interface: name, received, sent, output} = ping.value
    const found = parseLinks(links.value).find((link) => link.interface === name)?.mtu
    if (found !== mtu)
      return {status: 'fail', summary: `${name} of ${from} has MTU ${found ?? 'unknown'} instead of ${mtu}`}
    if (received < sent)
      return {
        status: 'fail',
        summary: `${sent - received} of ${sent} packets of ${mtu} bytes from ${from} to ${to} are lost`,
        evidence: output.split('\n').slice(-2),
        cause: 'something on the path carries smaller frames than the interfaces promise',
        fix: 'make the network with an MTU that the NICs of all nodes have: k8s-local status',
      }
    return {status: 'pass', summary: `packets of ${mtu} bytes pass from ${from} to ${to} over ${name}`}
  },
}
