import {addressText, parseAddress} from '../../spec/cidr.ts'
import type {Evidence, Verdict} from '../../steps/check-request.ts'
import type {Check, Scene, SceneNetwork} from '../check.ts'
import {textAt} from '../json-path.ts'
import {parseNetworkConfig} from '../network-config.ts'
import {networkStatusOf} from '../network-status.ts'
import {ownNetwork, ownNetworkName} from '../own-network.ts'
import {ownPod} from '../own-pod.ts'
import {whyOwnNotReady} from '../own-start.ts'
import {readInsideText} from '../pod-inside.ts'
import {isReady} from '../pod-start.ts'
import {couldNotLook, jsonOf, textOf} from '../seen.ts'
import {interfaceOf, itemsOf} from './attached-pod.ts'

type Subject = {
  readonly namespace: string
  readonly pod: string
  readonly node: string
  /** `namespace/name`. */
  readonly network: string
  /** With its prefix length. */
  readonly ip: string
  /** Lower case; none is asked for when empty. */
  readonly mac: string
}

const own = 'requests'

/** A pod that asks for an address and a MAC address gets them: on a network of the check's own, and on each of the cluster that takes such requests and knows its range. */
export const addressRequested: Check<Subject> = {
  id: 'A05',
  title: 'Requested address is honoured',
  tier: 'default',
  severity: 'error',
  needs: ['multus'],
  settleSeconds: 40,
  subjects: (scene) => {
    const node = scene.pods[0]?.node
    if (node === undefined) return {skip: 'there is no node for a pod'}
    const {namespace} = scene
    const first: Subject = {
      namespace,
      pod: own,
      node,
      network: `${namespace}/${ownNetworkName(own)}`,
      ip: '198.18.2.77/24',
      mac: '02:00:c6:12:02:4d',
    }
    return [first, ...scene.networks.flatMap((network, index) => requestOf(network, index, scene))]
  },
  label: ({network, namespace}) => (network.startsWith(`${namespace}/`) ? 'a network of its own' : network),
  props: ({pod, node, network, ip, mac, namespace}, stage) => {
    const [place = '', name = ''] = network.split('/')
    const request = {network: name, namespace: place, ip, ...(mac !== '' && {mac})}
    return [
      ...(place === namespace ? [ownNetwork(ownRequests, stage)] : []),
      ownPod({name: pod, node, asks: [request]}, stage),
    ]
  },
  probes: ({namespace, pod}) => ({
    pod: {type: 'api', path: `/api/v1/namespaces/${namespace}/pods/${pod}`},
    events: {type: 'api', path: `/api/v1/namespaces/${namespace}/events?fieldSelector=involvedObject.name%3D${pod}`},
    pods: {type: 'api', path: '/api/v1/pods'},
    addresses: {type: 'pod', namespace, pod, argv: ['ip', '-o', 'addr']},
    links: {type: 'pod', namespace, pod, argv: ['ip', '-o', 'link']},
  }),
  judge(evidence, subject) {
    const {pod, ip, mac} = subject
    const object = jsonOf(evidence, 'pod')
    if ('missing' in object) return couldNotLook(`pod ${pod}`, object)
    if (!isReady(object.value))
      return takenAlready(evidence, subject) ?? whyOwnNotReady(pod, object.value, itemsOf(evidence, 'events'))
    const addresses = textOf(evidence, 'addresses')
    if ('missing' in addresses) return couldNotLook(`the addresses in ${pod}`, addresses)
    const links = textOf(evidence, 'links')
    if ('missing' in links) return couldNotLook(`the interfaces in ${pod}`, links)

    const inside = readInsideText(addresses.value, links.value, '').find((one) => one.interface === interfaceOf(0))
    const got = inside?.addresses ?? []
    const gotMac = inside?.mac
    const faults = [
      ...(got.includes(ip) ? [] : [`asked for ${ip} and got ${got.join(', ') || 'nothing'}`]),
      ...(mac === '' || gotMac === mac ? [] : [`asked for MAC ${mac} and got ${gotMac ?? 'none'}`]),
    ]
    if (faults.length > 0)
      return {
        status: 'fail',
        summary: `${pod} ${faults.join(', ')}`,
        cause: 'the wish did not reach the plugin: Multus passes it on by the capabilities of the configuration',
        fix: 'check "capabilities" of the network: {"ips": true} where the "ipam" is, {"mac": true} on tuning or macvlan',
      }
    return {status: 'pass', summary: `${ip}${mac === '' ? '' : `, MAC ${mac}`}`}
  },
}

const ownRequests = {
  name: own,
  range: ['198.18.2.10', '198.18.2.99'],
  takesIps: true,
  chain: [{plugin: {type: 'tuning'}, capabilities: {mac: true}}],
} as const

/** A request that a network should honour: for the last address that its host-local hands out on the node. Of static nobody knows what is free. */
function requestOf(
  {namespace, name, config, nodeConfigs}: SceneNetwork,
  index: number,
  scene: Scene,
): readonly Subject[] {
  const network = `${namespace}/${name}`
  const node = scene.pods.find(({networks}) => networks.includes(network))?.node
  if (node === undefined) return []
  const parsed = parseNetworkConfig(config === '' ? (nodeConfigs?.[node] ?? '') : config)
  if ('fault' in parsed || !parsed.takesIps || parsed.ipam !== 'host-local') return []
  const pool = parsed.pools[0]
  if (!pool || pool.gateway === addressText(pool.span.last)) return []
  const ip = `${addressText(pool.span.last)}/${pool.subnet.prefix}`
  const hex = (index + 1).toString(16).padStart(2, '0')
  const mac = parsed.capabilities.includes('mac') ? `02:00:c6:12:03:${hex}` : ''
  return [{namespace: scene.namespace, pod: `${own}-${index + 1}`, node, network, ip, mac}]
}

/** Somebody else's pod may have the very address: then nothing is wrong, and nothing is shown. */
function takenAlready(evidence: Evidence, {network, ip, pod}: Subject): Verdict | undefined {
  const wanted = parseAddress(ip.split('/')[0] ?? '')
  const owner = itemsOf(evidence, 'pods').find(
    (other) =>
      textAt(other, 'metadata', 'name') !== pod &&
      (networkStatusOf(other) ?? []).some(
        ({name, ips}) => name === network && ips.some((one) => parseAddress(one)?.value === wanted?.value),
      ),
  )
  if (owner === undefined) return undefined
  const name = `${textAt(owner, 'metadata', 'namespace')}/${textAt(owner, 'metadata', 'name')}`
  return {status: 'skip', summary: `${ip} is in use by ${name}`}
}
