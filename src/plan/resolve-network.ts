import {type IpamName, ipams} from '../catalog/ipam/index.ts'
import type {AddressRange, IpamOption} from '../catalog/ipam/ipam-option.ts'
import {networkTypes} from '../catalog/network/index.ts'
import type {NetworkOption} from '../catalog/network/network-option.ts'
import {slices, spanSize} from '../spec/address.ts'
import {cidrText} from '../spec/cidr.ts'
import type {NetworkSpec} from '../spec/network-spec.ts'
import {
  cniConfig,
  configText,
  networkAttachmentDefinition,
  nodeFileNetworkAttachmentDefinition,
  nodeFilePath,
} from '../templates/nad.ts'
import {rangeText, sizeText, toRange} from './address-range.ts'
import {chooseAddresses, type NetworkAddresses} from './network-addresses.ts'
import {findMaster, type Master} from './network-master.ts'
import type {NetworkSite} from './network-site.ts'
import {type PreflightFinding, refuse} from './preflight-finding.ts'
import type {ResolvedNetwork} from './resolved-network.ts'

/**
 * A network with everything decided: master, subnet, range, IPAM, and the objects and files that it becomes. Addresses never collide: neither with the nodes'
 * own, nor with another network on the same layer 2, nor between nodes.
 * Throws one Problem with all that is wrong (invalid-input, artifact-unavailable).
 */
export function resolveNetwork(spec: NetworkSpec, site: NetworkSite): ResolvedNetwork {
  const option: NetworkOption = networkTypes[spec.type]
  const master: Master = option.hasMaster ? findMaster(spec, site) : {findings: [], notes: []}
  const ipam = chooseIpam(spec, site, option)
  const addresses = chooseAddresses(spec, site, master)
  const findings = [
    ...lintFindings(spec, option, master),
    ...master.findings,
    ...twinFindings(spec, site, option),
    ...ipam.findings,
    // Without a master the subnet cannot be told: one finding is enough.
    ...('findings' in addresses && master.findings.length === 0 ? addresses.findings : []),
    ...('span' in addresses ? roomFindings(addresses, ipam, site) : []),
  ]
  refuse(findings)
  if (!('span' in addresses)) throw new Error(`no addresses were chosen for ${spec.name}`)
  return build({spec, option, master, ipam, addresses, nodes: site.nodes})
}

interface IpamChoice {
  readonly name: IpamName
  readonly option: IpamOption
  /** Each node hands out its own part. */
  readonly sliced: boolean
  readonly findings: readonly PreflightFinding[]
  readonly notes: readonly string[]
}

function chooseIpam(spec: NetworkSpec, {nodes, ipams: usable}: NetworkSite, {spansNodes}: NetworkOption): IpamChoice {
  const shared = spansNodes && nodes.length > 1
  const preferred: IpamName = shared && usable.includes('whereabouts') ? 'whereabouts' : 'host-local'
  const name = spec.ipam ?? preferred
  const option: IpamOption = ipams[name]
  const sliced = shared && !option.uniqueAcrossNodes
  const missing: PreflightFinding = {
    problem: 'artifact-unavailable',
    at: '--ipam',
    message: `${name} is not installed, and its image cannot be had`,
    fix: 'use --ipam host-local, or a bundle that has it',
  }
  const note =
    sliced && spec.ipam === undefined
      ? ['whereabouts cannot be had: each node hands out its own slice of the range (host-local)']
      : []
  return {name, option, sliced, findings: usable.includes(name) ? [] : [missing], notes: note}
}

function lintFindings(spec: NetworkSpec, option: NetworkOption, master: Master): readonly PreflightFinding[] {
  const findings = option.lint({
    ...optionsOf(spec),
    ...(option.hasMaster
      ? {master: master.interface ?? spec.master ?? 'unknown'}
      : master.interface === undefined && spec.master !== undefined
        ? {master: spec.master}
        : {}),
  })
  const mtu = master.nic?.mtu
  const large: readonly PreflightFinding[] =
    spec.mtu !== undefined && mtu !== undefined && spec.mtu > mtu
      ? [
          {
            problem: 'invalid-input',
            at: '--mtu',
            message: `MTU ${spec.mtu} is larger than that of the master, ${mtu}`,
            fix: `use at most ${mtu}`,
          },
        ]
      : []
  return [...findings.map((finding) => ({problem: 'invalid-input' as const, ...finding})), ...large]
}

/** A bridge on the nodes and host-local's leases are named after the network alone, so a second network of the name would share them. */
function twinFindings(
  spec: NetworkSpec,
  {networks}: NetworkSite,
  {hasMaster}: NetworkOption,
): readonly PreflightFinding[] {
  const twin = networks.find(({name, namespace}) => name === spec.name && namespace !== spec.namespace)
  if (!twin || (hasMaster && spec.ipam === 'whereabouts')) return []
  return [
    {
      problem: 'invalid-input',
      at: 'NAME',
      message: `namespace ${twin.namespace} has a network ${spec.name} too, and both would share bridge and leases on the nodes`,
      fix: `choose another name, or attach to it as ${twin.namespace}/${twin.name}`,
    },
  ]
}

function roomFindings(
  {span, subnet}: NetworkAddresses,
  {sliced}: IpamChoice,
  {nodes}: NetworkSite,
): readonly PreflightFinding[] {
  if (!sliced || spanSize(span) >= BigInt(nodes.length)) return []
  return [
    {
      problem: 'invalid-input',
      at: '--range-start',
      message: `${sizeText(span)} of ${cidrText(subnet)} cannot be divided among ${nodes.length} nodes`,
      fix: 'widen the range, or use --ipam whereabouts',
    },
  ]
}

interface Choices {
  readonly spec: NetworkSpec
  readonly option: NetworkOption
  readonly master: Master
  readonly ipam: IpamChoice
  readonly addresses: NetworkAddresses
  readonly nodes: readonly string[]
}

function build({spec, option, master, ipam, addresses, nodes}: Choices): ResolvedNetwork {
  const {subnet, span, gateway} = addresses
  const range = toRange(subnet, span, gateway)
  const nic = master.interface
  const plugin = option.toConfig({
    ...optionsOf(spec),
    ...(nic === undefined ? {} : {master: nic}),
    ...(gateway === undefined ? {} : {gateway}),
  })
  const textFor = (part: AddressRange): string =>
    configText(
      cniConfig({name: spec.name, plugin, ipam: ipam.option.toConfig(part), capabilities: ipam.option.capabilities}),
    )
  const parts = ipam.sliced ? slices(span, nodes.length).map((part) => toRange(subnet, part, gateway)) : []
  const sliced = Object.fromEntries(
    nodes.flatMap((node, index) => (parts[index] ? [[node, parts[index]]] : [])),
  ) as Readonly<Record<string, AddressRange>>
  const files = Object.fromEntries(Object.entries(sliced).map(([node, part]) => [node, `${textFor(part)}\n`]))
  const input = {name: spec.name, namespace: spec.namespace, description: describe(spec, nic, range, ipam)}
  return {
    type: spec.type,
    namespace: spec.namespace,
    name: spec.name,
    ...(nic === undefined ? {} : {master: nic}),
    ...(spec.mode === undefined ? {} : {mode: spec.mode}),
    ipam: ipam.name,
    range,
    slices: sliced,
    object: ipam.sliced
      ? nodeFileNetworkAttachmentDefinition(input)
      : networkAttachmentDefinition(
          input,
          cniConfig({
            name: spec.name,
            plugin,
            ipam: ipam.option.toConfig(range),
            capabilities: ipam.option.capabilities,
          }),
        ),
    config: ipam.sliced ? '' : textFor(range),
    ...(ipam.sliced ? {nodeFiles: {path: nodeFilePath(spec), files}} : {}),
    plugins: [...option.plugins, ...ipam.option.plugins],
    notes: [...master.notes, ...ipam.notes],
  }
}

function optionsOf({name, mode, mtu}: NetworkSpec) {
  return {name, ...(mode === undefined ? {} : {mode}), ...(mtu === undefined ? {} : {mtu})}
}

function describe({type}: NetworkSpec, nic: string | undefined, range: AddressRange, ipam: IpamChoice): string {
  const place = nic === undefined ? 'inside each node' : `on ${nic}`
  return `${type} ${place}, ${rangeText(range)} of ${range.subnet} by ${ipam.name}${ipam.sliced ? ', a slice for each node' : ''}`
}
