import type {Judge} from '../check.ts'
import {couldNotLook, pingOf} from '../seen.ts'

export type PrimaryClosedSubject = {
  readonly namespace: string
  readonly from: string
  readonly to: string
  readonly toNamespace: string
}

/** A NetworkPolicy closes a pod's primary interface to another pod; network policies know nothing of secondary ones. */
export const primaryClosed: Judge<PrimaryClosedSubject> = {
  title: 'Primary network is closed',
  settleSeconds: 5,
  label: ({namespace, from, to, toNamespace}) => `${namespace}/${from} -x- ${toNamespace}/${to}`,
  probes: ({namespace, from, to, toNamespace}) => ({
    ping: {type: 'ping', namespace, from, to, toNamespace, count: 1},
  }),
  judge(evidence, {from, to}) {
    const ping = pingOf(evidence, 'ping')
    if ('missing' in ping) return couldNotLook(`the way from ${from} to ${to}`, ping)
    const {received, address, interface: name, output} = ping.value
    if (received === 0) return {status: 'pass', summary: `${from} does not reach ${to} (${address}) over ${name}`}
    return {
      status: 'fail',
      summary: `${from} reaches ${to} (${address}) over ${name}, and must not`,
      evidence: output.split('\n').slice(-2),
      cause: 'the NetworkPolicy is gone, does not select the pod, or the CNI does not act on policies',
      fix: 'kubectl get networkpolicy -A',
    }
  },
}
