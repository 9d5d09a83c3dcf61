import type {Evidence, Verdict} from '../../steps/check-request.ts'
import type {Judge} from '../check.ts'
import {readPing} from '../ping-output.ts'
import {couldNotLook} from '../seen.ts'

export type CutOffSubject = {
  readonly namespace: string
  readonly from: string
  readonly to: string
  /** The secondary interface of `from` that is tried as well; none when empty. */
  readonly interface: string
  readonly address: string
}

/** A pod does not reach an address: neither over its secondary interface nor by whatever way its kernel would choose. */
export const cutOff: Judge<CutOffSubject> = {
  title: 'Is cut off',
  label: ({namespace, from, to}) => `${namespace}/${from} -x- ${to}`,
  probes: ({namespace, from, interface: name, address}) => ({
    free: {type: 'pod', namespace, pod: from, argv: pingOnce(address)},
    ...(name !== '' && {
      bound: {
        type: 'pod' as const,
        namespace,
        pod: from,
        argv: [...pingOnce(address).slice(0, -1), '-I', name, address],
      },
    }),
  }),
  judge(evidence, {from, to, interface: name, address}) {
    const ways = [
      {key: 'free', words: 'by the way that its kernel chooses'},
      ...(name === '' ? [] : [{key: 'bound', words: `over ${name}`}]),
    ]
    for (const {key, words} of ways) {
      const verdict = judgeWay(evidence, key, `${from} reaches ${to} (${address}) ${words}`)
      if (verdict) return verdict
    }
    return {status: 'pass', summary: `${from} does not reach ${to} (${address})`}
  },
}

/** One short try: nothing is expected to answer. */
function pingOnce(address: string): readonly string[] {
  return ['ping', '-c', '1', '-W', '1', address]
}

/** Undefined when nothing came back. A ping that could not be sent for want of its interface proves nothing. */
function judgeWay(evidence: Evidence, key: string, reached: string): Verdict | undefined {
  const seen = evidence[key]
  if (seen?.type !== 'text')
    return couldNotLook('a way', {missing: seen?.type === 'failed' ? seen.reason : 'nothing was seen'})
  const noDevice = /No such device|unknown iface|can't bind to interface/i.exec(seen.stderr)
  if (noDevice) return couldNotLook('a way', {missing: seen.stderr.trim()})
  if (readPing(seen.stdout).received === 0) return undefined
  return {
    status: 'fail',
    summary: `${reached}, and must not`,
    evidence: seen.stdout.trim().split('\n').slice(-2),
    cause: 'the two networks share a layer 2, or a node routes between them',
  }
}
