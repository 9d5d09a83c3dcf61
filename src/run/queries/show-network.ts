import {parseNetworkConfig} from '../../checks/network-config.ts'
import {type NetworkWords, wordsFor} from '../../checks/network-words.ts'
import {dhcpServerName, hasDhcpServer} from '../../plan/dhcp-service.ts'
import type {TargetFacts, TargetNetwork} from '../../plan/facts.ts'
import type {KubernetesObject} from '../../steps/object.ts'
import {findNetwork} from '../find-network.ts'
import type {PoolLease} from '../whereabouts-leases.ts'
import {type ListedInterface, listPods} from './list-pods.ts'
import {type ListedNetwork, listNetworks} from './list-networks.ts'

/** Everything that can be said of one network. */
export interface ShownNetwork extends Omit<ListedNetwork, 'pods'> {
  /** The object as it is, its configuration printed so that a person can read it. */
  readonly object: KubernetesObject
  /** Text of the file on each node, where the object has no configuration. */
  readonly nodeConfigs: TargetNetwork['nodeConfigs']
  /** Absent where the configuration cannot be read. */
  readonly words?: NetworkWords
  /** The NIC of each node that it sits on, where it has a master. */
  readonly masters: readonly NodeMaster[]
  readonly pods: readonly Pick<ListedInterface, 'namespace' | 'pod' | 'node' | 'ready' | 'interface' | 'ips'>[]
}

export interface NodeMaster {
  readonly node: string
  readonly interface: string
  /** Of the extra network that the NIC is on, by the NIC's address; absent for a NIC that is on none of ours. */
  readonly nic?: {readonly network: string; readonly address: string; readonly mtu: number}
}

/** The network of that name, explained. Throws network-not-found. */
export function showNetwork(
  wanted: {readonly namespace: string; readonly name: string},
  facts: Pick<TargetFacts, 'networks' | 'nodes' | 'pods'>,
  leases: readonly PoolLease[] = [],
): ShownNetwork {
  const network = findNetwork(wanted, facts.networks)
  const full = `${network.namespace}/${network.name}`
  const [listed] = listNetworks({...facts, networks: [network]}, leases)
  const config = parseNetworkConfig(network.config || (Object.values(network.nodeConfigs)[0] ?? ''))
  return {
    ...(listed as ListedNetwork),
    object: objectOf(network),
    nodeConfigs: network.nodeConfigs,
    ...('fault' in config ? {} : {words: wordsFor(config, {perNode: network.config === '', ...serverOf(network)})}),
    masters: facts.nodes.flatMap((node) => masterOn(node, network)),
    pods: listPods(facts)
      .filter((one) => one.network === full)
      .map(({namespace, pod, node, ready, interface: name, ips}) => ({
        namespace,
        pod,
        node,
        ready,
        interface: name,
        ips,
      })),
  }
}

function serverOf(network: TargetNetwork): {readonly server?: string} {
  return hasDhcpServer(network) ? {server: `${network.namespace}/${dhcpServerName(network.name)}`} : {}
}

function objectOf({namespace, name, annotations, config}: TargetNetwork): KubernetesObject {
  return {
    apiVersion: 'k8s.cni.cncf.io/v1',
    kind: 'NetworkAttachmentDefinition',
    metadata: {name, namespace, ...(Object.keys(annotations).length > 0 && {annotations})},
    spec: config === '' ? {} : {config: indented(config)},
  }
}

function masterOn({name, nics}: TargetFacts['nodes'][number], network: TargetNetwork): readonly NodeMaster[] {
  const config = parseNetworkConfig(network.config || (network.nodeConfigs[name] ?? ''))
  if ('fault' in config || config.master === undefined) return []
  const nic = nics.find((one) => one.interface === config.master)
  const found = nic && {network: nic.network, address: nic.address, mtu: nic.mtu}
  return [{node: name, interface: config.master, ...(found && {nic: found})}]
}

/** As it is where it is no JSON. */
function indented(config: string): string {
  try {
    return JSON.stringify(JSON.parse(config), undefined, 2)
  } catch {
    return config
  }
}
