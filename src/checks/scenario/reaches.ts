import type {Judge} from '../check.ts'
import {readPing} from '../ping-output.ts'
import {couldNotLook, textOf} from '../seen.ts'

export type ReachSubject = {
  readonly namespace: string
  readonly from: string
  readonly to: string
  /** The interface of `from` that the pings are bound to. */
  readonly interface: string
  readonly address: string
}

/** A pod reaches an address over one of its interfaces, and nothing is lost. */
export const reaches: Judge<ReachSubject> = {
  title: 'Reaches',
  settleSeconds: 5,
  label: ({namespace, from, to, interface: name}) => `${namespace}/${from} ${name} -> ${to}`,
  probes: ({namespace, from, interface: name, address}) => ({
    ping: {
      type: 'pod',
      namespace,
      pod: from,
      argv: ['ping', '-c', '2', '-i', '0.2', '-W', '2', '-I', name, address],
    },
  }),
  judge(evidence, {from, to, interface: name, address}) {
    const ping = textOf(evidence, 'ping', {anyExit: true})
    if ('missing' in ping) return couldNotLook(`the way from ${from} to ${to}`, ping)
    const {sent, received, averageMs} = readPing(ping.value)
    const way = `${from} -> ${address} by ${name}`
    if (received === 0)
      return {
        status: 'fail',
        summary: `${from} does not reach ${to} (${address}) over ${name}`,
        evidence: ping.value.trim().split('\n').slice(-2),
        cause: 'the pods are not on one layer 2, or one of them has another address',
        fix: 'k8s-local pod list',
      }
    if (received < sent) return {status: 'warn', summary: `${way}; ${sent - received} of ${sent} pings lost`}
    return {status: 'pass', summary: averageMs === null ? way : `${way}, ${averageMs.toFixed(2)} ms`}
  },
}
