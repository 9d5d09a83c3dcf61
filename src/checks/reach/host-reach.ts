import type {Check, Scene, SceneNetwork} from '../check.ts'
import {type NetworkConfig, parseNetworkConfig} from '../network-config.ts'
import {readPing} from '../ping-output.ts'
import {couldNotLook, textOf} from '../seen.ts'
import {configOf, podsOn} from './pairs.ts'

type Subject = {
  readonly namespace: string
  readonly network: string
  readonly type: string
  readonly pod: string
  readonly node: string
  readonly reached: boolean
}

/**
 * R05: whether a node reaches its own pods over the network is as the type says. Linux passes nothing between a macvlan or ipvlan master and its children,
 * which surprises many; a bridge with "isGateway" and a ptp pair do reach.
 */
export const hostReach: Check<Subject> = {
  id: 'R05',
  title: 'Node and pod reach each other as the type says',
  tier: 'default',
  severity: 'error',
  needs: ['multus', 'attached-pods', 'node-access'],
  subjects(scene) {
    const subjects = scene.networks.flatMap((network) => subjectOf(network, scene))
    return subjects.length > 0 ? subjects : {skip: 'no network is of a type of which that is known'}
  },
  label: ({network, node, pod}) => `${network}, ${node} -> ${pod}`,
  probes: ({namespace, network, pod, node, reached}) => ({
    ping: {
      type: 'node',
      node,
      argv: ['ping', '-c', reached ? '2' : '1', '-W', '1', {address: {namespace, pod, network}}],
    },
  }),
  judge(evidence, {node, pod, type, reached}) {
    const ping = textOf(evidence, 'ping', {anyExit: true})
    if ('missing' in ping) return couldNotLook(`the way from ${node} to ${pod}`, ping)
    const answered = readPing(ping.value).received > 0
    const output = ping.value.trim().split('\n').slice(-2)
    if (answered && reached) return {status: 'pass', summary: `${node} reaches ${pod} over ${type}`}
    if (!answered && !reached)
      return {status: 'pass', summary: `${node} does not reach ${pod}, as Linux has it for ${type}`}
    if (reached)
      return {
        status: 'fail',
        summary: `${node} does not reach ${pod} over ${type}, and should`,
        evidence: output,
        cause: 'the node has not the address of the gateway, or has lost the route to the network',
        fix: `docker exec ${node} ip -o -4 addr`,
      }
    return {
      status: 'warn',
      summary: `${node} reaches ${pod} over ${type}, which Linux does not do by itself`,
      evidence: output,
      cause: 'the node has another interface on that network, or routes to it',
    }
  },
}

function subjectOf(network: SceneNetwork, scene: Scene): readonly Subject[] {
  const parsed = parseNetworkConfig(configOf(network))
  const [pod] = podsOn(network, scene)
  if ('fault' in parsed || pod === undefined || parsed.pools.length === 0) return []
  const reached = isReached(parsed)
  if (reached === undefined) return []
  const {namespace, name, type} = network
  return [{namespace: scene.namespace, network: `${namespace}/${name}`, type, pod: pod.name, node: pod.node, reached}]
}

/** Undefined where it depends on more than the configuration says. */
function isReached({types: [type], nodeIsGateway}: NetworkConfig): boolean | undefined {
  if (type === 'macvlan' || type === 'ipvlan') return false
  return type === 'ptp' || (type === 'bridge' && nodeIsGateway) ? true : undefined
}
