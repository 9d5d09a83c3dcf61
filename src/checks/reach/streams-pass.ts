import type {Json} from '../../steps/object.ts'
import type {Check} from '../check.ts'
import {countAt} from '../json-path.ts'
import {couldNotLook, textOf} from '../seen.ts'
import {type Pair, pairLabel} from './both-ways.ts'
import {onePairEach} from './pairs.ts'

type Subject = Pair & {readonly port: number}

/** First of the ports that servers listen on: two for each pair. */
const firstPort = 5310

/** `$1`, `$2` ports. Serves one client on each, and ends, at the latest after 7 s. */
const serve = `
iperf3 -s -1 -p "$1" & tcp=$!
iperf3 -s -1 -p "$2" & udp=$!
(sleep 7; kill $tcp $udp) >/dev/null 2>&1 &
wait $tcp $udp
`

/** `$1` address, `$2` port of the TCP server, `$3` of the UDP server. Tries until the servers listen, for 4 s each; UDP that is dropped hangs. */
const talk = `
try() {
  end=$(($(date +%s) + 4))
  until timeout 3 iperf3 -J -c "$@" >/dev/shm/talk.$$ 2>&1; do
    [ $? = 127 ] && exit 127
    [ "$(date +%s)" -ge $end ] && break
    sleep 0.3
  done
  tr -d '\\n\\t' </dev/shm/talk.$$
  echo
}
try "$1" -p "$2" -n 64K
try "$1" -p "$3" -u -b 20M -n 16K
rm -f /dev/shm/talk.$$
`

/** R09: TCP and UDP pass over the network, not pings alone. */
export const streamsPass: Check<Subject> = {
  id: 'R09',
  title: 'TCP and UDP pass',
  tier: 'default',
  severity: 'error',
  settleSeconds: 10,
  needs: ['multus', 'attached-pods'],
  subjects(scene) {
    const pairs = onePairEach(scene)
    return 'skip' in pairs ? pairs : pairs.map((pair, index) => ({...pair, port: firstPort + 2 * index}))
  },
  label: pairLabel,
  probes: ({namespace, network, from, to, port}) => ({
    server: {
      type: 'pod',
      namespace,
      pod: to.pod,
      argv: ['sh', '-c', serve, 'serve', String(port), String(port + 1)],
      alone: true,
    },
    client: {
      type: 'pod',
      namespace,
      pod: from.pod,
      argv: [
        ...['sh', '-c', talk, 'talk'],
        {address: {namespace, pod: to.pod, network}},
        ...[String(port), String(port + 1)],
      ],
      alone: true,
    },
  }),
  judge(evidence, {from, to, network}) {
    const client = evidence['client']
    if (client?.type === 'text' && client.exitCode === 127)
      return {status: 'skip', summary: 'the image with network tools has no iperf3'}
    const talked = textOf(evidence, 'client', {anyExit: true})
    if ('missing' in talked) return couldNotLook(`the way from ${from.pod} to ${to.pod}`, talked)
    const [tcp, udp] = talked.value.split('\n').map(readReport)
    const dead = [
      ...(tcp !== undefined && countAt(tcp, 'end', 'sum_received', 'bytes') > 0 ? [] : ['TCP']),
      ...(udp !== undefined && countAt(udp, 'end', 'sum', 'packets') > countAt(udp, 'end', 'sum', 'lost_packets')
        ? []
        : ['UDP']),
    ]
    if (dead.length === 0) return {status: 'pass', summary: `TCP and UDP pass from ${from.pod} to ${to.pod}`}
    return {
      status: 'fail',
      summary: `${dead.join(' and ')} from ${from.pod} ${dead.length === 1 ? 'does' : 'do'} not arrive at ${to.pod} over ${network}`,
      evidence: talked.value
        .trim()
        .split('\n')
        .map((line) => line.slice(0, 200)),
      cause: 'a filter on the way drops it, or the way is broken: see the checks that pods reach each other',
    }
  },
}

/** iperf3's report; undefined for one that could not connect. */
function readReport(text: string): Json | undefined {
  try {
    const report = JSON.parse(text) as Json
    return typeof report === 'object' && report !== null && !('error' in report) ? report : undefined
  } catch {
    return undefined
  }
}
