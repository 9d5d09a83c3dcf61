import type {EngineContainer} from '../../drivers/ports.ts'
import type {TargetNode} from '../../plan/facts.ts'
import type {KubernetesObject} from '../../steps/object.ts'
import {inParallel} from '../in-parallel.ts'
import {nodeInterfaces} from '../node-interfaces.ts'
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
    resources: resourcesOf(node),
    nics: container ? await observeNics(container, looker) : [],
  }
}

/** Extended resources have a domain in their name; Kubernetes' own have none, but for its domain. */
function resourcesOf(node: KubernetesObject): readonly string[] {
  const {allocatable = {}} = (node['status'] ?? {}) as {readonly allocatable?: Readonly<Record<string, string>>}
  return Object.entries(allocatable)
    .filter(([name, count]) => name.includes('/') && !name.includes('kubernetes.io/') && Number(count) > 0)
    .map(([name]) => name)
}

/** NICs by the address that the engine gave: their names depend on the order in which networks were connected. */
async function observeNics(container: EngineContainer, looker: TargetLooker): Promise<TargetNode['nics']> {
  const connected = looker.engineNetworks.filter(({name}) => container.addresses[name])
  if (connected.length === 0) return []
  const interfaces = await nodeInterfaces(looker, container.name)
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

function internalIp(node: KubernetesObject): string {
  const {addresses = []} = (node['status'] ?? {}) as {
    readonly addresses?: readonly {readonly type: string; readonly address: string}[]
  }
  return addresses.find(({type}) => type === 'InternalIP')?.address ?? ''
}
