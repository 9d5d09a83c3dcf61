import type {Probe} from '../../steps/check-request.ts'
import type {Check, Scene, SceneNetwork, ScenePod} from '../check.ts'
import {parseNetworkConfig} from '../network-config.ts'
import {couldNotLook, textOf} from '../seen.ts'
import {configOf, podsOn} from './pairs.ts'

type Subject = {
  readonly namespace: string
  readonly network: string
  readonly from: string
  /** Pods that must hear it. */
  readonly hear: readonly string[]
  /** Pods that must not: the mode keeps them apart. */
  readonly deaf: readonly string[]
}

/**
 * R06: a multicast to all nodes of the link (ff02::1, RFC 4291) is answered by the pods that the mode of the network lets hear it, and by no other. ARP
 * and neighbour discovery need just that. Linux answers it unless told otherwise (net.ipv6.icmp.echo_ignore_multicast). Asked of networks that span
 * nodes alone: frames of a node's own bridge pass its ip6tables, and kube-proxy's rule for packets of no known connection drops the answers, for they
 * come from another address than was asked (KUBE-FORWARD, ctstate INVALID; seen with bridge-nf-call-ip6tables 1).
 */
export const broadcastPasses: Check<Subject> = {
  id: 'R06',
  title: 'Multicast reaches the pods that it should',
  tier: 'default',
  severity: 'error',
  // Link-local addresses are tentative for a second or two after the pod has started.
  settleSeconds: 5,
  needs: ['multus', 'attached-pods'],
  subjects(scene) {
    const subjects = scene.networks.flatMap((network) => subjectOf(network, scene))
    return subjects.length > 0 ? subjects : {skip: 'no two pods share a network of layer 2 that spans nodes'}
  },
  label: ({network, from}) => `${network}, from ${from}`,
  probes: ({namespace, network, from, hear, deaf}) => ({
    ping: {
      type: 'pod',
      namespace,
      pod: from,
      argv: [
        'ping',
        '-6',
        '-c',
        '2',
        '-i',
        '0.5',
        '-W',
        '1',
        '-I',
        {interface: {namespace, pod: from, network}},
        'ff02::1',
      ],
    },
    ...Object.fromEntries([...hear, ...deaf].map((pod) => [pod, linkLocalOf(namespace, pod, network)])),
  }),
  judge(evidence, {from, hear, deaf}) {
    const ping = textOf(evidence, 'ping', {anyExit: true})
    if ('missing' in ping) return couldNotLook(`what ${from} hears`, ping)
    const answers = new Set([...ping.value.matchAll(/from (fe80:[0-9a-f:]+)/g)].map(([, address]) => address))
    const pods = [...hear, ...deaf].map((pod) => ({pod, looked: textOf(evidence, pod)}))
    const blind = pods.find(({looked}) => 'missing' in looked)
    if (blind && 'missing' in blind.looked) return couldNotLook(`the addresses of ${blind.pod}`, blind.looked)
    const known = pods.map(({pod, looked}) => ({
      pod,
      address: 'value' in looked ? /inet6 (fe80:[0-9a-f:]+)/.exec(looked.value)?.[1] : undefined,
    }))
    if (known.some(({address}) => address === undefined))
      return {status: 'skip', summary: 'IPv6 is switched off in the pods, and with it what could be asked'}
    const silent = known.filter(({pod, address}) => hear.includes(pod) && !answers.has(address)).map(({pod}) => pod)
    const loud = known.filter(({pod, address}) => deaf.includes(pod) && answers.has(address)).map(({pod}) => pod)
    if (silent.length > 0)
      return {
        status: 'fail',
        summary: `${silent.join(', ')} ${silent.length === 1 ? 'does' : 'do'} not answer a multicast of ${from}`,
        evidence: ping.value.trim().split('\n').slice(0, 6),
        cause: 'multicast is not passed on by what connects the nodes, or the pods are not on one layer 2',
      }
    if (loud.length > 0)
      return {
        status: 'fail',
        summary: `${loud.join(', ')} answers a multicast of ${from}, and the mode should keep them apart`,
        evidence: ping.value.trim().split('\n').slice(0, 6),
      }
    const apart = deaf.length > 0 ? `, ${deaf.join(', ')} not, as the mode has it` : ''
    return {status: 'pass', summary: `${hear.join(', ') || 'nobody'} answered ${from}${apart}`}
  },
}

function linkLocalOf(namespace: string, pod: string, network: string): Probe {
  const argv = ['ip', '-6', '-o', 'addr', 'show', 'dev', {interface: {namespace, pod, network}}, 'scope', 'link']
  return {type: 'pod', namespace, pod, argv}
}

function subjectOf(network: SceneNetwork, scene: Scene): readonly Subject[] {
  const [from, ...others] = podsOn(network, scene)
  const parsed = parseNetworkConfig(configOf(network))
  // ipvlan's layer 3 modes have no multicast at all, and every other pod is then a router away.
  if (!from || !network.spansNodes || 'fault' in parsed || parsed.mode?.startsWith('l3')) return []
  if (others.length === 0) return []
  const isApart = ({node}: ScenePod) => node === from.node && ['private', 'vepa'].includes(parsed.mode ?? '')
  return [
    {
      namespace: scene.namespace,
      network: `${network.namespace}/${network.name}`,
      from: from.name,
      hear: others.filter((peer) => !isApart(peer)).map(({name}) => name),
      deaf: others.filter(isApart).map(({name}) => name),
    },
  ]
}
