import type {Probe, Verdict} from '../../steps/check-request.ts'
import type {Judge} from '../check.ts'
import {couldNotLook, pingOf} from '../seen.ts'

/** Two pods on one network. */
export type Pair = {
  readonly namespace: string
  /** `namespace/name`. */
  readonly network: string
  readonly from: End
  readonly to: End
}

export type End = {readonly pod: string; readonly node: string}

const pings = 3

/** How a pair is judged: each reaches the other, bound to the network's interface. */
export const bothWays: Pick<Judge<Pair>, 'label' | 'probes' | 'judge'> = {
  label: pairLabel,
  probes: ({namespace, network, from, to}) => ({
    forth: {type: 'ping', namespace, network, from: from.pod, to: to.pod, count: pings},
    back: {type: 'ping', namespace, network, from: to.pod, to: from.pod, count: pings},
  }),
  judge(evidence, {from, to}) {
    const ways = [
      {key: 'forth', from, to},
      {key: 'back', from: to, to: from},
    ].map((way) => ({...way, ping: pingOf(evidence, way.key)}))
    const blind = ways.find(({ping}) => 'missing' in ping)
    if (blind && 'missing' in blind.ping)
      return couldNotLook(`the way from ${blind.from.pod} to ${blind.to.pod}`, blind.ping)
    const seen = ways.flatMap(({ping, ...way}) =>
      'value' in ping ? [{...way, ...ping.value, from: way.from, to: way.to}] : [],
    )
    const output = seen.flatMap((way) => way.output.trim().split('\n').slice(-2))
    const dead = seen.filter(({received}) => received === 0)
    if (dead.length > 0) {
      const which = dead.map((way) => `${way.from.pod} does not reach ${way.address} over ${way.interface}`).join(', ')
      return {status: 'fail', summary: which, evidence: output, ...whyDead(dead.length, from.node === to.node)}
    }
    const figures = seen
      .map(
        (way) =>
          `${way.from.pod} -> ${way.address} ${way.averageMs === null ? '' : `${way.averageMs.toFixed(2)} ms `}by ${way.interface}`,
      )
      .join(', ')
    const sent = seen.reduce((sum, way) => sum + way.sent, 0)
    const lost = sent - seen.reduce((sum, way) => sum + way.received, 0)
    if (lost > 0) return {status: 'warn', summary: `${figures}; ${lost} of ${sent} pings lost`, evidence: output}
    return {status: 'pass', summary: figures}
  },
}

/** A script for the shell of `from`, which gets its interface on the network as `$1` and the address of `to` as `$2`. */
export function scriptBetween({namespace, network, from, to}: Pair, script: string): Probe {
  const ends = [{interface: {namespace, pod: from.pod, network}}, {address: {namespace, pod: to.pod, network}}] as const
  return {type: 'pod', namespace, pod: from.pod, argv: ['sh', '-c', script, 'between', ...ends]}
}

/** Names a pair in the report. */
export function pairLabel({network, from, to}: Pair): string {
  return from.node === to.node
    ? `${network}, ${from.pod} <-> ${to.pod} on ${from.node}`
    : `${network}, ${from.node} <-> ${to.node}`
}

/** Why nothing comes back over a network, by what did: one way of two, or none, on one node or between two. */
export function whyDead(ways: number, sameNode: boolean): Pick<Verdict, 'cause' | 'fix'> {
  if (ways === 1)
    return {
      cause: 'one way works: an address is used twice, or a filter drops one direction',
      fix: 'k8s-local net list shows the ranges of the networks',
    }
  if (sameNode)
    return {
      cause: 'nothing passes even on one node: the interface is down, or the mode isolates pods',
      fix: 'kubectl exec into both pods, and look at: ip -o link',
    }
  return {
    cause:
      'frames do not pass between the nodes: the master is not on the same engine network everywhere, or the host filters bridged frames (net.bridge.bridge-nf-call-iptables)',
    fix: 'k8s-local status shows the NICs of each node',
  }
}
