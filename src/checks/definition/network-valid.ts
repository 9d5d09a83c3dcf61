import {networkTypes} from '../../catalog/network/index.ts'
import type {Probe} from '../../steps/check-request.ts'
import type {Check, SceneNetwork} from '../check.ts'
import {parseLinks} from '../ip-output.ts'
import {type NetworkConfig, parseNetworkConfig} from '../network-config.ts'
import {couldNotLook, textOf} from '../seen.ts'

type Subject = {
  readonly network: string
  /** By node; one text for all where the configuration is in the object. */
  readonly configs: Readonly<Record<string, string>>
  readonly nodes: readonly string[]
  readonly unread?: true
}

/** cniVersions that the plugins understand (containernetworking/cni pkg/version). */
const knownVersions = ['0.1.0', '0.2.0', '0.3.0', '0.3.1', '0.4.0', '1.0.0', '1.1.0']

/** N01 to N04: the configuration can be read, its type is known, and its master is on every node and large enough. */
export const networkValid: Check<Subject> = {
  id: 'N01',
  title: 'Network is valid',
  tier: 'quick',
  severity: 'error',
  needs: ['networks', 'node-access'],
  subjects: ({networks, nodes}) =>
    networks.map((network) => ({
      network: `${network.namespace}/${network.name}`,
      ...(network.unread && {unread: network.unread}),
      nodes: nodes.map(({name}) => name),
      configs: configsOf(
        network,
        nodes.map(({name}) => name),
      ),
    })),
  label: ({network}) => network,
  probes: ({nodes}) =>
    Object.fromEntries(nodes.map((node): [string, Probe] => [node, {type: 'node', node, argv: ['ip', '-o', 'link']}])),
  judge(evidence, {network, configs, nodes, unread}) {
    if (unread)
      return {status: 'skip', summary: 'its configuration lies in files on the nodes, which nobody here can read'}
    const first = Object.values(configs)[0]
    const nodesWithout = nodes.filter((node) => (configs[node] ?? '') === '')
    if (first === undefined || nodesWithout.length > 0) {
      return {
        status: 'fail',
        summary: `${network} has no configuration on ${(nodesWithout.length > 0 ? nodesWithout : nodes).join(', ')}`,
        cause:
          'spec.config is empty, and /etc/cni/multus/net.d on the node has no file whose "name" is that of the network',
        fix: `k8s-local net remove ${network}, then k8s-local net add`,
      }
    }
    const broken = Object.entries(configs).flatMap(([node, text]) => {
      const config = parseNetworkConfig(text)
      return 'fault' in config ? [{node, fault: config.fault}] : []
    })[0]
    if (broken)
      return {
        status: 'fail',
        summary: `the configuration of ${network} cannot be read: ${broken.fault}`,
        fix: editCommand(network),
      }
    const config = parseNetworkConfig(first) as NetworkConfig
    if (!knownVersions.includes(config.cniVersion)) {
      return {
        status: 'fail',
        summary: `cniVersion ${config.cniVersion} is not known`,
        fix: `use one of ${knownVersions.slice(2).join(', ')}`,
      }
    }
    if (config.master === undefined) return {status: 'pass', summary: sayWhatItIs(config)}
    return judgeMaster(
      config,
      config.master,
      nodes.map((node) => ({node, looked: textOf(evidence, node)})),
    )
  },
}

function configsOf(network: SceneNetwork, nodes: readonly string[]): Readonly<Record<string, string>> {
  return network.config === ''
    ? (network.nodeConfigs ?? {})
    : Object.fromEntries(nodes.map((node) => [node, network.config]))
}

interface LookAtNode {
  readonly node: string
  readonly looked: ReturnType<typeof textOf>
}

function judgeMaster(config: NetworkConfig, master: string, looks: readonly LookAtNode[]) {
  const blind = looks.find(({looked}) => 'missing' in looked)
  if (blind && 'missing' in blind.looked) return couldNotLook(`the interfaces of ${blind.node}`, blind.looked)
  const links = looks.map(({node, looked}) => ({
    node,
    link: 'value' in looked ? parseLinks(looked.value).find((link) => link.interface === master) : undefined,
  }))
  const without = links.filter(({link}) => !link).map(({node}) => node)
  if (without.length > 0) {
    return {
      status: 'fail',
      summary: `${master}, the master, does not exist on ${without.join(', ')}`,
      fix: 'k8s-local status shows the NICs of each node; k8s-local create --network gives every node one',
    } as const
  }
  const small = links.find(({link}) => link !== undefined && config.mtu !== undefined && config.mtu > link.mtu)
  if (small?.link) {
    return {
      status: 'fail',
      summary: `MTU ${config.mtu} is larger than that of ${master} on ${small.node}, ${small.link.mtu}`,
      fix: `set an MTU of at most ${small.link.mtu}`,
    } as const
  }
  const down = links.filter(({link}) => link?.up === false).map(({node}) => node)
  if (down.length > 0)
    return {
      status: 'fail',
      summary: `${master} is down on ${down.join(', ')}`,
      fix: `docker exec ${down[0]} ip link set ${master} up`,
    } as const
  return {status: 'pass', summary: `${sayWhatItIs(config)}, ${master} is on all ${links.length} nodes`} as const
}

function editCommand(network: string): string {
  const [namespace, name] = network.split('/')
  return `kubectl -n ${namespace} edit net-attach-def ${name}`
}

function sayWhatItIs({types, ipam, cniVersion}: NetworkConfig): string {
  const known = types[0] !== undefined && types[0] in networkTypes
  return `${types.join(' + ')}${known ? '' : ' (not one of ours)'}, addresses by ${ipam ?? 'nobody'}, cniVersion ${cniVersion}`
}
