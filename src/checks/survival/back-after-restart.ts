import type {Evidence, Probe, Verdict} from '../../steps/check-request.ts'
import type {Json} from '../../steps/object.ts'
import type {Deed, NodeNic, Scene, SceneNode} from '../check.ts'
import {parseAddresses} from '../ip-output.ts'
import {at, listAt, textAt} from '../json-path.ts'
import {networkStatusOf} from '../network-status.ts'
import {isReady} from '../pod-start.ts'
import {jsonOf, textOf} from '../seen.ts'
import {chooseSurvivor, type Survivor, survivorFault, survivorProbes} from './survivor.ts'

/** Nodes that are stopped and started, and what must be on them again. */
export type Restarted = {
  readonly namespace: string
  readonly nodes: readonly RestartedNode[]
  readonly pods: readonly RestartedPod[]
  readonly survivor: Survivor | null
}

type RestartedNode = {
  readonly name: string
  /** Its address on kind's own network; empty where nobody has asked the engine. */
  readonly address: string
  readonly nics: readonly NodeNic[]
}

type RestartedPod = {readonly pod: string; readonly node: string; readonly networks: readonly string[]}

/** What stands on these nodes of the scene. */
export function standingOn(scene: Scene, nodes: readonly SceneNode[]): Restarted {
  const names = nodes.map(({name}) => name)
  return {
    namespace: scene.namespace,
    nodes: nodes.map(({name, address, nics = []}) => ({name, address, nics})),
    pods: scene.pods
      .filter(({node}) => names.includes(node))
      .map(({name: pod, node, networks}) => ({pod, node, networks})),
    survivor: chooseSurvivor(scene) ?? null,
  }
}

/** Stops the nodes' containers, starts them, and waits; what looks next has patience of its own, for a node is Ready in the API's memory for a while. */
export function restartNodes({nodes, pods, namespace}: Restarted): readonly Deed[] {
  const names = nodes.map(({name}) => name)
  const wait = {type: 'wait', timeoutSeconds: 120, onTimeout: 'continue'} as const
  return [
    {title: `Stop ${names.join(', ')}, and start again`, action: {type: 'restart-nodes', nodes: names}},
    {
      title: `Wait until ${names.join(', ')} is Ready again`,
      action: {...wait, for: {type: 'nodes-ready', nodes: names}},
    },
    {
      title: 'Wait until the probe pods are Ready again',
      action: {...wait, for: {type: 'pods-ready', namespace, names: pods.map(({pod}) => pod)}},
    },
  ]
}

/** `age:NODE` and `clock:NODE` tell since when the node runs. */
export function restartedProbes({namespace, nodes, survivor}: Restarted): Readonly<Record<string, Probe>> {
  const onNodes = nodes.flatMap(({name: node}): readonly (readonly [string, Probe])[] => [
    [`node:${node}`, {type: 'api', path: `/api/v1/nodes/${node}`}],
    [`age:${node}`, {type: 'node', node, argv: ['ps', '-o', 'etimes=', '-p', '1']}],
    [`clock:${node}`, {type: 'node', node, argv: ['date', '+%s']}],
    [`addresses:${node}`, {type: 'node', node, argv: ['ip', '-o', '-4', 'addr', 'show']}],
  ])
  return {
    pods: {type: 'api', path: `/api/v1/namespaces/${namespace}/pods`},
    ...Object.fromEntries(onNodes),
    ...(survivor && survivorProbes(survivor, 3)),
  }
}

/** What has not come back as it was. */
export function judgeRestarted(evidence: Evidence, {nodes, pods, survivor}: Restarted): Verdict {
  const looked = jsonOf(evidence, 'pods')
  // The API was away a moment ago: that is a reason to look again, and not to give up.
  if ('missing' in looked) return {status: 'fail', summary: `the API does not answer: ${looked.missing}`}
  const items = listAt(looked.value, 'items')
  const faults = [
    ...nodes.flatMap((node) => nodeFaults(evidence, node)),
    ...pods.flatMap((pod) => podFaults(items, pod, startOf(evidence, pod.node))),
  ]
  const [first] = faults
  if (first) return {...first, evidence: faults.map(({summary}) => summary)}
  const lost = survivor === null ? undefined : survivorFault(evidence, survivor)
  if (lost) return lost
  const nics = nodes.reduce((sum, node) => sum + node.nics.length, 0)
  const reached = survivor && survivor.shared.length > 0 ? `, ${survivor.pod} reaches ${survivor.peer}` : ''
  return {
    status: 'pass',
    summary: `${nics} NICs with their addresses and ${pods.length} pods with their interfaces are back${reached}`,
  }
}

function nodeFaults(evidence: Evidence, {name, address, nics}: RestartedNode): readonly Verdict[] {
  const object = jsonOf(evidence, `node:${name}`)
  const addresses = textOf(evidence, `addresses:${name}`)
  if ('missing' in object) return [{status: 'fail', summary: `${name} is not there: ${object.missing}`}]
  if ('missing' in addresses) return [{status: 'fail', summary: `${name} does not answer: ${addresses.missing}`}]
  const faults: Verdict[] = []
  if (!isReady(object.value)) faults.push({status: 'fail', summary: `${name} is not Ready again`})
  const internal = listAt(object.value, 'status', 'addresses').find((one) => at(one, 'type') === 'InternalIP')
  const now = textAt(internal, 'address') ?? 'none'
  if (address !== '' && now !== address)
    faults.push({
      status: 'fail',
      summary: `${name} had the InternalIP ${address}, and has ${now}`,
      cause: 'the restart gave the node another address, or that of an extra network (kind #2045, #2917)',
      fix: 'k8s-local repair',
    })
  const held = parseAddresses(addresses.value)
  for (const nic of nics) {
    const found = held.find((one) => one.address === nic.address)
    if (found?.interface === nic.interface) continue
    const instead = found ? `it is on ${found.interface}` : 'no interface has it'
    faults.push({
      status: 'fail',
      summary: `${nic.interface} of ${name} had ${nic.address}, and ${instead}`,
      cause: 'the engine did not connect the node to its extra network as before',
      fix: 'k8s-local repair',
    })
  }
  return faults
}

function podFaults(items: readonly Json[], {pod, node, networks}: RestartedPod, since: number): readonly Verdict[] {
  const found = items.find((item) => textAt(item, 'metadata', 'name') === pod)
  if (!found) return [{status: 'fail', summary: `${pod} on ${node} is gone`}]
  const startedAt = textAt(found, 'status', 'containerStatuses', 0, 'state', 'running', 'startedAt')
  const started = startedAt === undefined ? Number.NaN : Date.parse(startedAt) / 1000
  if (!isReady(found) || !(started >= since))
    return [{status: 'fail', summary: `${pod} on ${node} has not come back since the node was started`}]
  const got = (networkStatusOf(found) ?? []).filter(({isDefault}) => !isDefault).map(({name}) => name)
  if (got.join() === networks.join()) return []
  return [
    {
      status: 'fail',
      summary: `${pod} on ${node} came back with ${got.join(', ') || 'no network'} in place of ${networks.join(', ')}`,
      cause: 'the pod started before Multus was first in /etc/cni/net.d again (multus #1387)',
      fix: 'k8s-local repair',
    },
  ]
}

/** Seconds since 1970 at which the node was started, a second less for what was rounded; none is later than all pods. */
function startOf(evidence: Evidence, node: string): number {
  const [age, clock] = [textOf(evidence, `age:${node}`), textOf(evidence, `clock:${node}`)]
  if ('missing' in age || 'missing' in clock) return Number.POSITIVE_INFINITY
  return Number(clock.value) - Number(age.value) - 1
}
