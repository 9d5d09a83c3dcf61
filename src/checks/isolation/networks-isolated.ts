import {managedBy, networksAnnotation, runLabel} from '../../templates/labels.ts'
import {networksAnnotationJson} from '../../templates/networks-annotation.ts'
import {probePodSpec} from '../../templates/probe-pod-spec.ts'
import type {KubernetesObject} from '../../steps/object.ts'
import type {Check, Scene, Stage} from '../check.ts'
import {parseLinks} from '../ip-output.ts'
import {couldNotLook, textOf} from '../seen.ts'
import {segmentsOf} from './layer2.ts'

type Side = {readonly pod: string; readonly network: string; readonly segment: string}

type Subject = {
  readonly namespace: string
  readonly node: string
  readonly from: Side
  readonly to: Side
}

/** Networks that are tried: each costs a pod. */
const atMost = 6

/**
 * `$1` interface, `$2` address. Who answers ARP for an address shares the layer 2, whether or not an answer finds its way back. A pod on both networks
 * answers for either of its addresses on either (Linux ip-sysctl, arp_ignore), so it counts only if the interface itself has answered.
 */
const script = `
ping -c 2 -i 0.3 -W 1 -I "$1" "$2"
echo "neighbours:"
ip neigh show dev "$1"
`

/**
 * I01: a pod of one network does not meet a pod of another whose layer 2 is a different one: other bridge, other master, other VLAN. Both pods have
 * one network only, on one node, where bridges could have been joined.
 */
export const networksIsolated: Check<Subject> = {
  id: 'I01',
  title: 'Networks are separate',
  tier: 'default',
  severity: 'error',
  settleSeconds: 20,
  needs: ['multus', 'attached-pods'],
  subjects(scene) {
    const sides = sidesOf(scene)
    const pairs = sides.flatMap((from, index) => {
      const to = [...sides.slice(index + 1), ...sides.slice(0, index)].find(({segment}) => segment !== from.segment)
      return to ? [{namespace: scene.namespace, node: nodeOf(scene), from, to}] : []
    })
    return pairs.length > 0 ? pairs : {skip: 'there are no two networks of different layer 2'}
  },
  label: ({from, to}) => `${from.network} -x- ${to.network}`,
  props: ({node, from, to}, stage) => [from, to].map((side) => alone(side, node, stage)),
  probes: ({namespace, from, to}) => ({
    target: {
      type: 'pod',
      namespace,
      pod: to.pod,
      argv: ['ip', '-o', 'link', 'show', 'dev', {interface: {namespace, pod: to.pod, network: to.network}}],
    },
    tried: {
      type: 'pod',
      namespace,
      pod: from.pod,
      argv: [
        'sh',
        '-c',
        script,
        'tried',
        {interface: {namespace, pod: from.pod, network: from.network}},
        {address: {namespace, pod: to.pod, network: to.network}},
      ],
    },
  }),
  judge(evidence, {from, to}) {
    const tried = textOf(evidence, 'tried')
    if ('missing' in tried) return couldNotLook(`the way from ${from.pod} to ${to.pod}`, tried)
    const target = textOf(evidence, 'target')
    if ('missing' in target) return couldNotLook(`the interface of ${to.pod}`, target)
    const [{mac = ''} = {}] = parseLinks(target.value)
    const [, address = ''] = /^PING (\S+)/m.exec(tried.value) ?? []
    const neighbours = tried.value.split('neighbours:\n')[1] ?? ''
    const met = neighbours.split('\n').find((line) => line.startsWith(`${address} `) && line.includes(`lladdr ${mac}`))
    if (met === undefined)
      return {
        status: 'pass',
        summary: `nothing of ${to.network} (${to.segment}) answers on ${from.network} (${from.segment})`,
      }
    return {
      status: 'fail',
      summary: `a pod of ${to.network} answers on ${from.network}: ${address}`,
      evidence: [met.trim()],
      cause: `${from.segment} and ${to.segment} are joined somewhere: one layer 2 carries both networks`,
      fix: 'on the node: ip -o link show type bridge_slave; on the host: bridge link',
    }
  },
}

function sidesOf(scene: Scene): readonly Side[] {
  return segmentsOf(scene)
    .slice(0, atMost)
    .map((segment, index) => ({...segment, pod: `apart-${index + 1}`}))
}

function nodeOf({pods}: Scene): string {
  return pods[0]?.node ?? ''
}

function alone({pod, network}: Side, node: string, {namespace, runId, image}: Stage): KubernetesObject {
  const [owner = '', name = ''] = network.split('/')
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: pod,
      namespace,
      labels: {...managedBy, [runLabel]: runId},
      annotations: {[networksAnnotation]: networksAnnotationJson([{namespace: owner, network: name}])},
    },
    spec: probePodSpec({image, node}),
  }
}
