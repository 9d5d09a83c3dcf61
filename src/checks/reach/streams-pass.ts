import type {Json} from '../../steps/object.ts'
import {probePodSpec} from '../../templates/probe-pod-spec.ts'
import {probePod} from '../../templates/probe-pods.ts'
import type {Check} from '../check.ts'
import {countAt} from '../json-path.ts'
import {couldNotLook, textOf} from '../seen.ts'
import {type Pair, pairLabel} from './both-ways.ts'
import {onePairEach} from './pairs.ts'

type Subject = Pair & {
  /** The pod that serves, on the node of `to`, on this network alone. */
  readonly server: string
}

/** `$1` address. Tries until the server is free, for 4 s each; UDP that is dropped hangs. */
const talk = `
try() {
  end=$(($(date +%s) + 4))
  until timeout 3 iperf3 -J -c "$@" >/dev/shm/talk.$$ 2>&1; do
    [ "$(date +%s)" -ge $end ] && break
    sleep 0.3
  done
  tr -d '\\n\\t' </dev/shm/talk.$$
  echo
}
try "$1" -n 64K
try "$1" -u -b 20M -n 16K
rm -f /dev/shm/talk.$$
`

/** R09: TCP and UDP pass over the network, not pings alone. */
export const streamsPass: Check<Subject> = {
  id: 'R09',
  title: 'TCP and UDP pass',
  tier: 'default',
  severity: 'error',
  settleSeconds: 15,
  needs: ['multus', 'attached-pods', 'iperf3'],
  subjects(scene) {
    const pairs = onePairEach(scene)
    return 'skip' in pairs ? pairs : pairs.map((pair, index) => ({...pair, server: `streams-${index + 1}`}))
  },
  label: pairLabel,
  props: ({network, to, server}, {namespace, runId, image}) => {
    const pod = probePod({name: server, namespace, node: to.node, networks: [network], runId, image})
    return [{...pod, spec: probePodSpec({image, node: to.node, command: ['iperf3', '-s']})}]
  },
  probes: ({namespace, network, from, server}) => ({
    client: {
      type: 'pod',
      namespace,
      pod: from.pod,
      argv: ['sh', '-c', talk, 'talk', {address: {namespace, pod: server, network}}],
      alone: true,
    },
  }),
  judge(evidence, {from, to, network}) {
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
