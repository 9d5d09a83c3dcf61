import type {Verdict} from '../../steps/check-request.ts'
import type {Check, Scene, SceneNetwork, ScenePod} from '../check.ts'
import {parseNetworkConfig} from '../network-config.ts'
import {couldNotLook, pingOf} from '../seen.ts'

type Subject = {
  readonly namespace: string
  readonly network: string
  readonly from: End
  readonly to: End
}

type End = {readonly pod: string; readonly node: string}

const pings = 3

/** R01 and R02: two pods reach each other over the network, both ways, bound to its interface; on one node, and on two where the network spans nodes. */
export const reach: Check<Subject> = {
  id: 'R02',
  title: 'Pods reach each other',
  tier: 'quick',
  severity: 'error',
  needs: ['multus', 'attached-pods'],
  subjects: (scene) =>
    scene.networks.flatMap((network) =>
      pairsOn(network, scene).map(([from, to]) => ({
        namespace: scene.namespace,
        network: `${network.namespace}/${network.name}`,
        from: endOf(from),
        to: endOf(to),
      })),
    ),
  label: ({network, from, to}) =>
    from.node === to.node
      ? `${network}, ${from.pod} <-> ${to.pod} on ${from.node}`
      : `${network}, ${from.node} <-> ${to.node}`,
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

function endOf({name, node}: ScenePod): End {
  return {pod: name, node}
}

/** One pair on one node, and neighbours in the list of nodes where the network spans them: each node is in one pair at least. */
function pairsOn(network: SceneNetwork, {pods}: Scene): readonly (readonly [ScenePod, ScenePod])[] {
  const name = `${network.namespace}/${network.name}`
  const on = pods.filter((pod) => pod.networks.includes(name))
  const mates = on.flatMap((pod, index) =>
    on
      .slice(index + 1)
      .filter((other) => other.node === pod.node)
      .map((other) => [pod, other] as const),
  )
  const leaders = on.filter((pod, index) => on.findIndex((other) => other.node === pod.node) === index)
  const neighbours = leaders.slice(1).map((pod, index) => [leaders[index] ?? pod, pod] as const)
  return [...(meetOnOneNode(network) ? mates.slice(0, 1) : []), ...(network.spansNodes ? neighbours : [])]
}

/** In macvlan's private mode pods of one master never meet; in vepa mode they meet only where a switch reflects frames, and the engine's bridge does not. */
function meetOnOneNode({config, nodeConfigs}: SceneNetwork): boolean {
  const parsed = parseNetworkConfig(config === '' ? (Object.values(nodeConfigs ?? {})[0] ?? '') : config)
  return 'fault' in parsed || !['private', 'vepa', 'passthru'].includes(parsed.mode ?? '')
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
