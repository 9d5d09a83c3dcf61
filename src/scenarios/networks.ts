import {slices} from '../spec/address.ts'
import {addressText, hostSpan} from '../spec/cidr.ts'
import type {KubernetesObject} from '../steps/object.ts'
import {subnetAnnotation} from '../templates/labels.ts'
import {
  type CniConfig,
  configText,
  networkAttachmentDefinition,
  nodeFileNetworkAttachmentDefinition,
  nodeFilePath,
} from '../templates/nad.ts'
import {cidrOf} from './addresses.ts'
import type {NodeFiles, ScenarioSite} from './scenario.ts'

/** A network of a scenario. Its pods bring their own addresses, so that everything is known beforehand and nothing has to be installed. */
export interface ScenarioNetwork {
  readonly name: string
  readonly namespace: string
  readonly description: string
  readonly subnet: string
  /** That of its master, or 1500, when absent. */
  readonly mtu?: number
  readonly routes?: readonly {readonly to: string; readonly gateway: string}[]
  /** Pods may ask for a MAC address too. */
  readonly takesMac?: boolean
  /** Kernel settings of the pods on it, by path below /proc/sys with dots. */
  readonly sysctls?: Readonly<Record<string, string>>
}

/** macvlan on the NIC of the extra network: one layer 2 over all nodes. */
export function macvlanNetwork(network: ScenarioNetwork, {nic}: Pick<ScenarioSite, 'nic'>): KubernetesObject {
  return makeNetwork(network, {type: 'macvlan', master: nic.interface, mode: 'bridge'})
}

/** A Linux bridge inside each node, on which the node itself has no address: its pods reach each other and nobody else. */
export function bridgeNetwork(network: ScenarioNetwork, bridge: string): KubernetesObject {
  return makeNetwork(network, {type: 'bridge', bridge, isGateway: false})
}

/** macvlan of which each node hands out a part, by host-local: for workloads whose pods are all alike. Its name must be unique in the cluster. */
export function slicedNetwork(
  {name, namespace, description, subnet, mtu}: Omit<ScenarioNetwork, 'routes' | 'takesMac' | 'sysctls'>,
  {nic, nodes}: Pick<ScenarioSite, 'nic' | 'nodes'>,
): {readonly object: KubernetesObject; readonly nodeFiles: NodeFiles} {
  const parts = slices(hostSpan(cidrOf(subnet)), nodes.length)
  const files = nodes.map((node, index) => {
    const part = parts[index] ?? hostSpan(cidrOf(subnet))
    const range = {subnet, rangeStart: addressText(part.first), rangeEnd: addressText(part.last)}
    const config = {
      ...base(name),
      type: 'macvlan',
      master: nic.interface,
      mode: 'bridge',
      ...(mtu !== undefined && {mtu}),
      ipam: {type: 'host-local', ranges: [[range]], dataDir: leasesFolder},
    }
    return [node, `${configText(config)}\n`] as const
  })
  return {
    object: annotated(nodeFileNetworkAttachmentDefinition({name, namespace, description}), subnet),
    nodeFiles: {path: nodeFilePath({name, namespace}), files: Object.fromEntries(files)},
  }
}

/**
 * For a pod on two networks that must not lead to each other: Linux answers ARP for any of its addresses on every interface, so that its address
 * on one network can be reached over the other (Linux ip-sysctl, arp_ignore; seen on a cluster with a bridge and a macvlan network).
 */
export const ownAddressesOnly = {'net.ipv4.conf.IFNAME.arp_ignore': '1'} as const

/** Where host-local keeps a folder of leases for each network: on the node's tmpfs, so that they do not outlive a restart. */
export const leasesFolder = '/run/cni/networks'

function makeNetwork(network: ScenarioNetwork, plugin: CniConfig): KubernetesObject {
  const {name, namespace, description, subnet, mtu, routes = [], takesMac = false, sysctls} = network
  const main = {
    ...plugin,
    ...(mtu !== undefined && {mtu}),
    capabilities: {ips: true, ...(takesMac && {mac: true})},
    ipam: {
      type: 'static',
      ...(routes.length > 0 && {routes: routes.map(({to, gateway}) => ({dst: to, gw: gateway}))}),
    },
  }
  const config = sysctls
    ? {...base(name), plugins: [main, {type: 'tuning', sysctl: sysctls}]}
    : {...base(name), ...main}
  return annotated(networkAttachmentDefinition({name, namespace, description}, config), subnet)
}

/** cniVersion as `net add` has it (templates/nad). */
function base(name: string): CniConfig {
  return {cniVersion: '0.3.1', name}
}

function annotated(object: KubernetesObject, subnet: string): KubernetesObject {
  const {metadata} = object
  return {...object, metadata: {...metadata, annotations: {...metadata.annotations, [subnetAnnotation]: subnet}}}
}
