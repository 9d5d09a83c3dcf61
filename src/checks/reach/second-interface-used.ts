import type {Check} from '../check.ts'
import {couldNotLook, textOf} from '../seen.ts'
import {type Pair, pairLabel, scriptBetween} from './both-ways.ts'
import {onePairEach} from './pairs.ts'

const packets = 5

/** `$1` interface, `$2` address. Counts what leaves and comes by the interface while pings go that nobody has bound to it. */
const script = `
count() { echo "$1 $(cat "/sys/class/net/$2/statistics/tx_packets") $(cat "/sys/class/net/$2/statistics/rx_packets")"; }
count before "$1"
ping -c ${packets} -i 0.2 -W 1 "$2" >/dev/null 2>&1
echo "ping $?"
count after "$1"
`

/** R07: what a pod sends to an address of the network, without being told by which way, leaves and comes back by the second interface. */
export const secondInterfaceUsed: Check<Pair> = {
  id: 'R07',
  title: 'Traffic takes the second interface',
  tier: 'default',
  severity: 'error',
  needs: ['multus', 'attached-pods'],
  subjects: onePairEach,
  label: pairLabel,
  probes: (pair) => ({counted: scriptBetween(pair, script)}),
  judge(evidence, {from, to, network}) {
    const counted = textOf(evidence, 'counted')
    if ('missing' in counted) return couldNotLook(`the counters of ${from.pod}`, counted)
    const [sentBefore = 0, cameBefore = 0] = numbersAfter('before', counted.value)
    const [sentAfter = 0, cameAfter = 0] = numbersAfter('after', counted.value)
    const [sent, came] = [sentAfter - sentBefore, cameAfter - cameBefore]
    if (sent >= packets && came >= packets)
      return {status: 'pass', summary: `${packets} pings: ${sent} packets out and ${came} in by the second interface`}
    const lines = counted.value.trim().split('\n')
    if (sent >= packets)
      return {
        status: 'fail',
        summary: `${from.pod} sends by the second interface, and ${came} of ${packets} answers of ${to.pod} come by it`,
        evidence: lines,
        cause:
          'the way is broken, or the other pod answers by another interface: see the checks that pods reach each other',
      }
    return {
      status: 'fail',
      summary: `of ${packets} packets to ${to.pod} on ${network}, ${sent} left by the second interface`,
      evidence: lines,
      cause: 'a route of the pod leads elsewhere, or another interface has the same subnet',
      fix: `kubectl exec into ${from.pod}, and look at: ip route`,
    }
  },
}

function numbersAfter(word: string, text: string): readonly number[] {
  const line = text.split('\n').find((one) => one.startsWith(`${word} `)) ?? ''
  return line.split(' ').slice(1).map(Number)
}
