import type {Check, Scene, SceneNetwork} from '../check.ts'
import {parseNetworkConfig} from '../network-config.ts'
import {readPing} from '../ping-output.ts'
import {couldNotLook, textOf} from '../seen.ts'
import {configOf, onePodPerNode} from './pairs.ts'

type Subject = {
  readonly namespace: string
  readonly network: string
  readonly pod: string
  readonly node: string
  readonly gateway: string
}

/** R04: the gateway that a network declares answers its pods, over the network's interface. */
export const gatewayAnswers: Check<Subject> = {
  id: 'R04',
  title: 'Gateway answers',
  tier: 'default',
  severity: 'error',
  needs: ['multus', 'attached-pods'],
  subjects(scene) {
    const subjects = scene.networks.flatMap((network) => subjectsOf(network, scene))
    return subjects.length > 0 ? subjects : {skip: 'no network declares a gateway'}
  },
  label: ({network, pod, gateway}) => `${network}, ${pod} -> ${gateway}`,
  probes: ({namespace, network, pod, gateway}) => ({
    ping: {
      type: 'pod',
      namespace,
      pod,
      argv: ['ping', '-c', '2', '-i', '0.2', '-W', '2', '-I', {interface: {namespace, pod, network}}, gateway],
    },
  }),
  judge(evidence, {network, pod, gateway, node}) {
    const ping = textOf(evidence, 'ping', {anyExit: true})
    if ('missing' in ping) return couldNotLook(`the way from ${pod} to ${gateway}`, ping)
    const {received, averageMs} = readPing(ping.value)
    if (received === 0)
      return {
        status: 'fail',
        summary: `${gateway}, the gateway of ${network}, does not answer ${pod} on ${node}`,
        evidence: ping.value.trim().split('\n').slice(-2),
        cause: 'nothing has that address on the layer 2 of the network, or it does not answer pings',
        fix: 'remove "gateway" and "routes" where there is no router, or use a bridge with "isGateway"',
      }
    return {status: 'pass', summary: `${gateway} answers${averageMs === null ? '' : ` in ${averageMs.toFixed(2)} ms`}`}
  },
}

function subjectsOf(network: SceneNetwork, scene: Scene): readonly Subject[] {
  const parsed = parseNetworkConfig(configOf(network))
  if ('fault' in parsed || parsed.ipam === undefined) return []
  const gateways = new Set(parsed.pools.flatMap(({gateway}) => (gateway === undefined ? [] : [gateway])))
  const named = `${network.namespace}/${network.name}`
  return [...gateways].flatMap((gateway) =>
    onePodPerNode(network, scene).map(({name: pod, node}) => ({
      namespace: scene.namespace,
      network: named,
      pod,
      node,
      gateway,
    })),
  )
}
