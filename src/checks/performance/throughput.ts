import type {Evidence, Measure, Probe} from '../../steps/check-request.ts'
import type {Json} from '../../steps/object.ts'
import type {Baseline, Check} from '../check.ts'
import {at, textAt} from '../json-path.ts'
import {couldNotLook, type Looked, pingOf, textOf} from '../seen.ts'
import {baselineOf, compareMeasures} from './compare-measures.ts'
import {inWords, toTable} from './figures.ts'
import {type Way, waysOf} from './ways.ts'

type Subject = {
  readonly namespace: string
  readonly ways: readonly Way[]
  readonly baseline: Baseline | null
}

/** Seconds of TCP for each way, and pings: enough to tell a broken way from a good one, and short enough for many networks. */
const seconds = 2
const pings = 10

const serve = ['iperf3', '--server', '--one-off', '--daemon']
const send = ['iperf3', '--json', '--interval', '0', '--time', String(seconds), '--connect-timeout', '3000']

/** T01: TCP throughput and round trips on one node and across nodes, over the primary network and over each other. The API tells no rate that must be reached. */
export const throughput: Check<Subject> = {
  id: 'T01',
  title: 'Throughput and round trips',
  tier: 'full',
  severity: 'error',
  needs: ['multus', 'attached-pods', 'iperf3'],
  oneByOne: true,
  subjects(scene) {
    const ways = waysOf(scene)
    const {namespace, baseline} = scene
    return ways.length === 0 ? [] : [{namespace, ways, baseline: baselineOf(baseline, ['throughput', 'round-trip'])}]
  },
  ordeal: () => [],
  label: () => '',
  probes: ({namespace, ways}): Readonly<Record<string, Probe>> =>
    Object.fromEntries(
      ways.flatMap((way): readonly (readonly [string, Probe])[] => {
        const {from, to, network} = way
        const addressOf = (pod: string) => ({address: {namespace, pod, network}})
        return [
          [`ping:${keyOf(way)}`, {type: 'ping', namespace, from, to, network, count: pings}],
          // The server ends after one client.
          [
            `server:${keyOf(way)}`,
            {type: 'pod', namespace, pod: to, argv: [...serve, '--bind', addressOf(to)], alone: true},
          ],
          [
            `tcp:${keyOf(way)}`,
            {
              type: 'pod',
              namespace,
              pod: from,
              argv: [...send, '--client', addressOf(to), '--bind', addressOf(from)],
              alone: true,
            },
          ],
        ]
      }),
    ),
  judge(evidence, {ways, baseline}) {
    const seen = ways.map((way) => ({way, ...measuresOf(evidence, way)}))
    // Of a pod that is not Ready another check says why.
    const dead = seen.filter(({reason, way}) => reason !== undefined && !isUnready(evidence, way))
    const measures = seen.flatMap((one) => [one.tcp, one.trip].filter((measure) => measure !== undefined))
    if (measures.length === 0) return couldNotLook('any way', {missing: seen[0]?.reason ?? 'there is none'})
    const table = toTable([
      ['network', 'way', 'TCP', 'round trip'],
      ...seen.map(({way, tcp, trip, reason}) => [
        way.name,
        way.nodes.replace('-', ' '),
        tcp ? inWords(tcp) : (reason ?? ''),
        trip ? inWords(trip) : '',
      ]),
    ])
    if (dead.length > 0) {
      const names = dead.map(({way}) => `${way.name} ${way.nodes.replace('-', ' ')}`).join(', ')
      return {
        status: 'fail',
        summary: `nothing was carried over ${names}`,
        evidence: table,
        cause: dead[0]?.reason ?? '',
        fix: 'k8s-local verify --check reach',
        measures,
      }
    }
    const compared = baseline ? compareMeasures(measures, baseline) : undefined
    const rates = seen.flatMap(({way, tcp}) =>
      tcp ? [`${way.name} ${way.nodes.replace('-', ' ')} ${inWords(tcp)}`] : [],
    )
    return {
      status: 'pass',
      summary: rates.join(', '),
      ...compared,
      evidence: [...table, ...(compared?.evidence ?? [])],
      measures,
    }
  },
}

function isUnready(evidence: Evidence, way: Way): boolean {
  return ['server', 'tcp'].some((key) => {
    const seen = evidence[`${key}:${keyOf(way)}`]
    return seen?.type === 'failed' && seen.unready !== undefined
  })
}

function measuresOf(
  evidence: Evidence,
  way: Way,
): {readonly tcp?: Measure; readonly trip?: Measure; readonly reason?: string} {
  const tcp = rateOf(evidence, way)
  const ping = pingOf(evidence, `ping:${keyOf(way)}`)
  const averageMs = 'value' in ping ? ping.value.averageMs : null
  const trip: Measure | undefined =
    averageMs === null ? undefined : {name: `round-trip/${way.name}/${way.nodes}`, value: averageMs, unit: 'ms'}
  if ('missing' in tcp) return {...(trip && {trip}), reason: tcp.missing}
  return {...(trip && {trip}), tcp: {name: `throughput/${way.name}/${way.nodes}`, value: tcp.value, unit: 'bit/s'}}
}

/** Bits a second, as the receiver counted, from iperf3's JSON (3.12); it names an error there too. */
function rateOf(evidence: Evidence, way: Way): Looked<number> {
  const server = textOf(evidence, `server:${keyOf(way)}`)
  if ('missing' in server) return server
  const looked = textOf(evidence, `tcp:${keyOf(way)}`, {anyExit: true})
  if ('missing' in looked) return looked
  const report = parseJson(looked.value)
  const rate = at(report, 'end', 'sum_received', 'bits_per_second')
  if (typeof rate === 'number' && rate > 0) return {value: Math.round(rate)}
  return {missing: textAt(report, 'error') ?? 'no byte arrived'}
}

function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

function keyOf({name, nodes}: Way): string {
  return `${name}:${nodes}`
}
