import {staticAddresses} from '../catalog/ipam/static.ts'
import {type AddressSpan, plus, slices, spanSize} from '../spec/address.ts'
import {addressText, type Cidr, cidrText} from '../spec/cidr.ts'
import type {NetworkSpec} from '../spec/network-spec.ts'
import type {KubernetesObject} from '../steps/object.ts'
import {type DhcpLeases, dhcpServerObjects} from '../templates/dhcp-server.ts'
import {type CniConfig, configText, nodeFileNetworkAttachmentDefinition, nodeFilePath} from '../templates/nad.ts'
import {sizeText} from './address-range.ts'
import {dhcpServerName} from './dhcp-service.ts'
import type {AddressPool} from './network-addresses.ts'
import type {NetworkSite} from './network-site.ts'
import type {PreflightFinding} from './preflight-finding.ts'
import {invalid} from './range-findings.ts'
import type {NodeFiles} from './resolved-network.ts'

/** DHCP servers of a network, one on each node, and the network by which they sit on its layer 2. */
export interface DhcpServer {
  readonly namespace: string
  readonly name: string
  /** A NetworkAttachmentDefinition, a ConfigMap and a DaemonSet. */
  readonly objects: readonly KubernetesObject[]
  /** The configuration of that network on each node: with the address of the node's own server. */
  readonly nodeFiles: NodeFiles
}

export interface DhcpServerInput {
  readonly spec: NetworkSpec
  readonly pool: AddressPool
  readonly nodes: readonly string[]
  readonly image: string
  /** The network's configuration, with another name and IPAM. */
  readonly configure: (parts: {readonly name: string; readonly ipam: CniConfig | undefined}) => CniConfig
}

/**
 * One server on each node, each with its own slice of the range and the first address of it for itself. One server for all would do on a wire that carries
 * everything; an internal engine network drops what comes from 0.0.0.0 between nodes where the host passes bridged frames through iptables
 * (bridge-nf-call-iptables = 1; seen on a cluster), and then only pods on the server's node got an address. Where the frames do pass, several servers
 * answer and the pod takes one: slices never overlap.
 */
export function dhcpServer({spec, pool, nodes, image, configure}: DhcpServerInput): DhcpServer {
  const {namespace} = spec
  const name = dhcpServerName(spec.name)
  const parts = slices(pool.span, nodes.length)
  const onNode = nodes.flatMap((node, index) => (parts[index] ? [{node, span: parts[index]}] : []))
  const files = onNode.map(({node, span}) => {
    const address = `${addressText(span.first)}/${pool.subnet.prefix}`
    const ipam = staticAddresses.toConfig({ranges: [], routes: [], addresses: [address], gateways: []})
    return [node, `${configText(configure({name, ipam}))}\n`]
  })
  const leases = onNode.map(({node, span}) => [node, leasesOf(span, pool.subnet, spec)])
  const description = `DHCP servers of the network ${spec.name}, one on each node`
  const path = nodeFilePath({namespace, name})
  return {
    namespace,
    name,
    objects: [
      nodeFileNetworkAttachmentDefinition({name, namespace, description}, path),
      ...dhcpServerObjects({namespace, name, image, leases: Object.fromEntries(leases)}),
    ],
    nodeFiles: {path, files: Object.fromEntries(files)},
  }
}

/** What keeps servers from a network that asks for them: no image, too few addresses, a name that is taken. */
export function dhcpServerFindings(
  {name, dhcpServer: isWanted}: NetworkSpec,
  pools: readonly AddressPool[],
  {nodes, networks, dhcpImage}: NetworkSite,
): readonly PreflightFinding[] {
  if (isWanted !== true) return []
  const server = dhcpServerName(name)
  const twin = networks.find((one) => one.name === server)
  return [
    ...(dhcpImage === undefined ? [noImage] : []),
    ...pools
      .filter(({span}) => spanSize(span) < BigInt(2 * nodes.length))
      .map(({span, subnet}) =>
        invalid(
          '--range-start',
          `${sizeText(span)} of ${cidrText(subnet)} are too few: each of ${nodes.length} nodes needs one for its DHCP server and one to hand out`,
          'widen the range',
        ),
      ),
    ...(twin
      ? [
          invalid(
            '--dhcp-server',
            `its servers would sit on a network ${server}, and namespace ${twin.namespace} has one of that name`,
            'choose another name for the network',
          ),
        ]
      : []),
  ]
}

const noImage: PreflightFinding = {
  problem: 'artifact-unavailable',
  at: '--dhcp-server',
  message: "no image with a DHCP server can be had: the lab's probe image has busybox' udhcpd, agnhost has not",
  fix: 'use a bundle with that image: --bundle DIR, or run a server of your own on the network and leave --dhcp-server out',
}

function leasesOf(span: AddressSpan, subnet: Cidr, {routes = [], gateways = []}: NetworkSpec): DhcpLeases {
  return {
    start: addressText(plus(span.first, 1)),
    end: addressText(span.last),
    size: Number(spanSize(span)) - 1,
    mask: maskOf(subnet),
    routes: routes.map(({to, gateway}) => ({to, gateway: gateway ?? gateways[0] ?? ''})),
  }
}

function maskOf({prefix}: Cidr): string {
  return addressText({family: 4, value: ((1n << BigInt(prefix)) - 1n) << BigInt(32 - prefix)})
}
