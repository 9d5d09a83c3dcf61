import {type IpamName, ipams} from '../catalog/ipam/index.ts'
import type {IpamOption} from '../catalog/ipam/ipam-option.ts'
import {type NetworkConfig, parseNetworkConfig} from '../checks/network-config.ts'
import {type Cidr, parseCidr} from '../spec/cidr.ts'
import {type Artifact, imageName} from '../steps/artifact.ts'
import {dhcpPool, withoutDhcpServers} from './dhcp-service.ts'
import type {TargetFacts, TargetNetwork, TargetNode} from './facts.ts'
import {namesOf, type ResolvedCluster} from './resolved-cluster.ts'

/** What a new NetworkAttachmentDefinition has to fit into: a cluster that runs, or one that is being made. */
export interface NetworkSite {
  readonly nodes: readonly string[]
  readonly nics: readonly SiteNic[]
  /** Networks that pods can attach to already. */
  readonly networks: readonly SiteNetwork[]
  /** Subnets of the cluster itself, for bridges to keep off. */
  readonly reserved: readonly {readonly what: string; readonly cidr: Cidr}[]
  /** IPAMs that can be used: as they are, or by installing what the artifacts hold. */
  readonly ipams: readonly IpamName[]
  /** Links that the kernel of the nodes does not make, each with the kernel's words; empty where nobody looked. */
  readonly refusedLinks: Readonly<Record<string, string>>
  /** Image with busybox' udhcpd; absent where none can be had. */
  readonly dhcpImage?: string
  /** Extended resources that nodes advertise; absent where nobody looked. */
  readonly resources?: readonly string[]
}

/** A NIC that an extra network gives to every node. */
export interface SiteNic {
  readonly network: string
  readonly subnet: string
  /** By node; the same name everywhere is what a network needs. */
  readonly names: Readonly<Record<string, string>>
  readonly mtu?: number
}

export interface SiteNetwork {
  readonly namespace: string
  readonly name: string
  /** Of each node where they differ, else one; empty where none can be read. What DHCP servers of ours hand out is among the pools. */
  readonly configs: readonly NetworkConfig[]
}

export function siteOfTarget(facts: TargetFacts): NetworkSite {
  const {podSubnet, serviceSubnet} = facts.record
  const nodeNetworks = facts.nodes.map(({address}) => ({what: "kind's network", text: `${address}/16`}))
  return {
    nodes: facts.nodes.map(({name}) => name),
    nics: nicsOf(
      facts.nodes,
      facts.record.networks.map(({name}) => name),
    ),
    networks: withoutDhcpServers(facts.networks).map(toSiteNetwork),
    reserved: subnets([
      {what: 'the pod subnet', text: podSubnet},
      {what: 'the service subnet', text: serviceSubnet},
      ...facts.record.networks.map(({name, subnet}) => ({what: `the network ${name}`, text: subnet})),
      ...nodeNetworks.slice(0, 1),
    ]),
    ipams: usableIpams(
      facts.artifacts.map(({name}) => name),
      facts.plugins,
    ),
    refusedLinks: facts.refusedLinks,
    ...dhcpImageOf(facts.artifacts),
    resources: [...new Set(facts.nodes.flatMap(({resources}) => resources))],
  }
}

/** `create` copies the plugins and connects the NICs before it makes any network. */
export function siteOfCluster(cluster: ResolvedCluster): NetworkSite {
  const {podSubnet, serviceSubnet, networks, artifacts} = cluster
  const nodes = namesOf(cluster.nodes)
  return {
    nodes,
    nics: networks.map((network) => ({
      network: network.network,
      subnet: network.subnet,
      names: Object.fromEntries(nodes.map((node) => [node, network.interface])),
    })),
    networks: [],
    reserved: subnets([
      {what: 'the pod subnet', text: podSubnet},
      {what: 'the service subnet', text: serviceSubnet},
      ...networks.map(({network, subnet}) => ({what: `the network ${network}`, text: subnet})),
    ]),
    ipams: usableIpams(Object.keys(artifacts), []),
    refusedLinks: {},
  }
}

/** Those that need nothing in the cluster, those whose images can be had, and those whose plugin somebody has installed. */
function usableIpams(artifacts: readonly string[], plugins: readonly string[]): readonly IpamName[] {
  const all = Object.entries(ipams) as [IpamName, IpamOption][]
  return all
    .filter(
      ([, {needs, plugins: own}]) =>
        !needs ||
        needs.images.every((image) => artifacts.includes(image)) ||
        (needs.bringsPlugin && own.every((plugin) => plugins.includes(plugin))),
    )
    .map(([name]) => name)
}

/** In the order in which the cluster got its networks. */
function nicsOf(nodes: readonly TargetNode[], order: readonly string[]): readonly SiteNic[] {
  const all = nodes.flatMap(({name, nics}) => nics.map((nic) => ({node: name, ...nic})))
  const present = [...new Set(all.map(({network}) => network))]
  const known = order.filter((network) => present.includes(network))
  return [...new Set([...known, ...present])].map((network) => {
    const own = all.filter((nic) => nic.network === network)
    return {
      network,
      subnet: own[0]?.subnet ?? '',
      names: Object.fromEntries(own.map((nic) => [nic.node, nic.interface])),
      mtu: Math.min(...own.map(({mtu}) => mtu)),
    }
  })
}

/** agnhost, the probe of public registries, is not known to have udhcpd: its Alpine keeps that in a package of its own (docs/artifacts.md). */
function dhcpImageOf(artifacts: readonly Artifact[]): Pick<NetworkSite, 'dhcpImage'> {
  const image = artifacts.find(({name}) => name === 'probe')
  return image && !/(?:^|\/)agnhost:/.test(imageName(image)) ? {dhcpImage: imageName(image)} : {}
}

function toSiteNetwork(network: TargetNetwork): SiteNetwork {
  const {namespace, name, config, nodeConfigs} = network
  const served = dhcpPool(network)
  const texts = config === '' ? Object.values(nodeConfigs) : [config]
  return {
    namespace,
    name,
    configs: texts
      .map(parseNetworkConfig)
      .filter((one): one is NetworkConfig => !('fault' in one))
      .map((one) => (served ? {...one, pools: [...one.pools, served]} : one)),
  }
}

function subnets(rows: readonly {readonly what: string; readonly text: string}[]): NetworkSite['reserved'] {
  return rows.flatMap(({what, text}) => {
    const cidr = parseCidr(text)
    return cidr ? [{what, cidr}] : []
  })
}
