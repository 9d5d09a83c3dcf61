import type {Check, Scene, SceneNetwork} from '../check.ts'
import {parseNetworkConfig} from '../network-config.ts'
import {configOf, onePodPerNode} from '../reach/pairs.ts'
import {couldNotLook, textOf} from '../seen.ts'

type Subject = {
  readonly namespace: string
  readonly network: string
  readonly pod: string
  readonly node: string
  readonly vlan: number
  /** Where the tag can be seen: on the pod's own interface, or on the ports of a bridge of the node. */
  readonly seen: 'in the pod' | 'on the bridge'
}

/** I02: frames of a network with a VLAN carry its tag: the pod's interface is of that VLAN, or the bridge port that its pods have. */
export const vlanTagged: Check<Subject> = {
  id: 'I02',
  title: 'Frames carry the VLAN tag',
  tier: 'default',
  severity: 'error',
  needs: ['multus', 'attached-pods', 'node-access'],
  subjects(scene) {
    const subjects = scene.networks.flatMap((network) => subjectsOf(network, scene))
    return subjects.length > 0 ? subjects : {skip: 'no network with a VLAN can be attached to'}
  },
  label: ({network, node, vlan}) => `${network}, VLAN ${vlan} on ${node}`,
  probes: ({namespace, network, pod, node, seen}) => ({
    tag:
      seen === 'in the pod'
        ? {
            type: 'pod',
            namespace,
            pod,
            argv: ['ip', '-d', '-o', 'link', 'show', 'dev', {interface: {namespace, pod, network}}],
          }
        : {type: 'node', node, argv: ['bridge', '-o', 'vlan', 'show']},
  }),
  judge(evidence, {network, vlan, seen, node}) {
    const tag = textOf(evidence, 'tag')
    if ('missing' in tag) return couldNotLook(`the VLAN of ${network} on ${node}`, tag)
    const tagged =
      seen === 'in the pod'
        ? new RegExp(`vlan protocol 802\\.1(Q|ad) id ${vlan}\\b`).test(tag.value)
        : new RegExp(`\\b${vlan} PVID`).test(tag.value)
    if (tagged) return {status: 'pass', summary: `VLAN ${vlan} ${seen} on ${node}`}
    return {
      status: 'fail',
      summary: `nothing has VLAN ${vlan} ${seen} on ${node}`,
      evidence: tag.value.trim().split('\n').slice(0, 6),
      cause: 'the interface is of another VLAN, or the bridge does not filter VLANs',
      fix: `k8s-local net show ${network}`,
    }
  },
}

function subjectsOf(network: SceneNetwork, scene: Scene): readonly Subject[] {
  const parsed = parseNetworkConfig(configOf(network))
  if ('fault' in parsed || parsed.vlan === undefined) return []
  const {vlan} = parsed
  const seen = parsed.types[0] === 'bridge' ? 'on the bridge' : 'in the pod'
  return onePodPerNode(network, scene).map(({name: pod, node}) => ({
    namespace: scene.namespace,
    network: `${network.namespace}/${network.name}`,
    pod,
    node,
    vlan,
    seen,
  }))
}
