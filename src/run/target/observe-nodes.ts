import type {EngineContainer} from '../../drivers/ports.ts'
import type {TargetNode} from '../../plan/facts.ts'
import type {KubernetesObject} from '../../steps/object.ts'
import {inParallel} from '../in-parallel.ts'
import {lookAtNode} from '../node-exec.ts'
import {conditionOf, isTrue} from '../readiness/conditions.ts'
import type {TargetLooker} from './target-looker.ts'

/** The cluster's nodes, control planes first, each with its NICs on our networks. */
export async function observeNodes(looker: TargetLooker): Promise<readonly TargetNode[]> {
  const nodes = await inParallel(looker.nodes, (node) => observeNode(node, looker))
  return nodes.toSorted((a, b) => a.role.localeCompare(b.role) || a.name.localeCompare(b.name, 'en', {numeric: true}))
}

async function observeNode(node: KubernetesObject, looker: TargetLooker): Promise<TargetNode> {
  const {name, labels} = node.metadata
  const container = looker.containers.find((one) => one.name === name)
  return {
    name,
    role: labels?.['node-role.kubernetes.io/control-plane'] === undefined ? 'worker' : 'control-plane',
    address: container?.addresses['kind']?.ip || internalIp(node),
    ready: isTrue(conditionOf(node, 'Ready')),
    nics: container ? await observeNics(container, looker) : [],
  }
}

/** NICs by the address that the engine gave: their names depend on the order in which networks were connected. */
async function observeNics(container: EngineContainer, looker: TargetLooker): Promise<TargetNode['nics']> {
  const connected = looker.engineNetworks.filter(({name}) => container.addresses[name])
  if (connected.length === 0) return []
  const {stdout} = await lookAtNode(looker, container.name, ['ip', '-j', '-4', 'addr', 'show'])
  const interfaces = readInterfaces(stdout)
  return connected.flatMap(({name, labels, subnets}) => {
    const address = container.addresses[name]?.ip ?? ''
    const nic = interfaces.find(({addresses}) => addresses.includes(address))
    return nic
      ? [
          {
            network: labels['k8s-local.dev/network'] ?? name,
            subnet: subnets[0] ?? '',
            interface: nic.name,
            address,
            mtu: nic.mtu,
          },
        ]
      : []
  })
}

interface Interface {
  readonly name: string
  readonly mtu: number
  readonly addresses: readonly string[]
}

/** From `ip -j addr show` (iproute2). Empty for anything else. */
export function readInterfaces(output: string): readonly Interface[] {
  type Row = {
    readonly ifname?: string
    readonly mtu?: number
    readonly addr_info?: readonly {readonly local?: string}[]
  }
  try {
    const rows = JSON.parse(output) as readonly Row[]
    return rows.flatMap(({ifname, mtu, addr_info: info = []}) =>
      ifname ? [{name: ifname, mtu: mtu ?? 0, addresses: info.flatMap(({local}) => (local ? [local] : []))}] : [],
    )
  } catch {
    return []
  }
}

function internalIp(node: KubernetesObject): string {
  const {addresses = []} = (node['status'] ?? {}) as {
    readonly addresses?: readonly {readonly type: string; readonly address: string}[]
  }
  return addresses.find(({type}) => type === 'InternalIP')?.address ?? ''
}
