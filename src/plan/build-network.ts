import {chainPlugins} from '../catalog/chain/index.ts'
import type {ChainOption} from '../catalog/chain/chain-option.ts'
import {ipams} from '../catalog/ipam/index.ts'
import type {AddressRange} from '../catalog/ipam/ipam-option.ts'
import type {NetworkOption} from '../catalog/network/network-option.ts'
import {slices} from '../spec/address.ts'
import type {NetworkSpec} from '../spec/network-spec.ts'
import {
  type CniConfig,
  cniConfig,
  configText,
  networkAttachmentDefinition,
  nodeFileNetworkAttachmentDefinition,
  nodeFilePath,
} from '../templates/nad.ts'
import {rangeText, toRange} from './address-range.ts'
import type {IpamChoice} from './choose-ipam.ts'
import {type DhcpServer, dhcpServer} from './dhcp-server.ts'
import {dhcpServiceText} from './dhcp-service.ts'
import type {AddressPool} from './network-addresses.ts'
import {strangerNotes} from './network-findings.ts'
import type {Master} from './network-master.ts'
import type {NetworkSite} from './network-site.ts'
import type {ResolvedNetwork} from './resolved-network.ts'

/** Everything that was decided of a network. */
export interface NetworkChoices {
  readonly spec: NetworkSpec
  readonly option: NetworkOption
  readonly master: Master
  readonly ipam: IpamChoice
  readonly pools: readonly AddressPool[]
  readonly site: Pick<NetworkSite, 'nodes' | 'dhcpImage'>
}

/** The object that a network becomes: with its configuration, or without, and a file on each node instead. */
export function buildNetwork(choices: NetworkChoices): ResolvedNetwork {
  const {spec, option, master, ipam, pools} = choices
  const {type, namespace, name, chains = []} = spec
  const ranges = pools.map(({subnet, span, gateway}) => toRange(subnet, span, gateway))
  const nad = nadInput(choices, ranges)
  const server = serverFor(choices)
  const chained = chains.flatMap(({plugin}) => chainPlugins[plugin].plugins)
  const common = {
    type,
    namespace,
    name,
    ranges,
    ipam: ipam.name,
    ...(master.interface === undefined ? {} : {master: master.interface}),
    plugins: [
      ...new Set([...option.plugins, ...ipam.option.plugins, ...(server ? ipams.static.plugins : []), ...chained]),
    ],
    ...(server && {server}),
    notes: [
      ...master.notes,
      ...ipam.notes,
      ...(option.subnet === 'of-master' ? strangerNotes(master, pools) : []),
      ...defaultRouteNotes(spec),
    ],
  }
  if (!ipam.sliced) {
    const config = configFor(choices, ranges)
    return {...common, slices: {}, object: networkAttachmentDefinition(nad, config), config: configText(config)}
  }
  const parts = sliceRanges(choices)
  const files = Object.entries(parts).map(([node, part]) => [node, `${configText(configFor(choices, part))}\n`])
  const path = nodeFilePath({namespace, name, isList: chains.length > 0})
  return {
    ...common,
    slices: parts,
    object: nodeFileNetworkAttachmentDefinition(nad, path),
    config: '',
    nodeFiles: {path, files: Object.fromEntries(files) as Readonly<Record<string, string>>},
  }
}

function nadInput(choices: NetworkChoices, ranges: readonly AddressRange[]) {
  const {spec, option} = choices
  const {name, namespace, owner, description} = spec
  const resource = resourceOf(spec, option)
  const [range] = ranges
  return {
    name,
    namespace,
    description: description ?? describe(choices, ranges),
    ...(owner !== undefined && {owner}),
    ...(resource !== undefined && {resource}),
    ...(spec.dhcpServer === true && range && {dhcpService: dhcpServiceText({range, routes: spec.routes ?? []})}),
  }
}

function configFor(choices: NetworkChoices, ranges: readonly AddressRange[]): CniConfig {
  const {spec, ipam, pools} = choices
  const {name, gateways = [], routes = [], addresses = [], chains = []} = spec
  const known = pools.length > 0 ? pools.flatMap((pool) => pool.gateway ?? []) : gateways
  return cniConfig({
    ...pluginOf(choices),
    name,
    ipam: ipam.option.toConfig({ranges, routes, addresses, gateways: known}),
    capabilities: ipam.option.capabilities,
    chain: chains.map((chain) => {
      const chained: ChainOption = chainPlugins[chain.plugin]
      return {plugin: chained.toConfig(chain.options), capabilities: chained.capabilities}
    }),
  })
}

/** The main plugin alone, and the version of the specification. */
function pluginOf({spec, option, master, ipam}: NetworkChoices) {
  const {name, options = {}, cniVersion} = spec
  const plugin = option.toConfig({
    name,
    options,
    hasAddresses: ipam.option.source !== 'nowhere',
    ...(master.interface === undefined ? {} : {master: master.interface}),
  })
  return {plugin, ...(cniVersion !== undefined && {cniVersion})}
}

/** They attach by the same plugin, without what is chained behind it. */
function serverFor(choices: NetworkChoices): DhcpServer | undefined {
  const {spec, pools, site} = choices
  const [pool] = pools
  if (spec.dhcpServer !== true || !pool || site.dhcpImage === undefined) return undefined
  return dhcpServer({
    spec,
    pool,
    nodes: site.nodes,
    image: site.dhcpImage,
    configure: (own) => cniConfig({...pluginOf(choices), ...own, capabilities: {}}),
  })
}

/** Each range in equal parts, one for each node. */
function sliceRanges({pools, site: {nodes}}: NetworkChoices): Readonly<Record<string, readonly AddressRange[]>> {
  const parts = pools.map(({subnet, span, gateway}) =>
    slices(span, nodes.length).map((part) => toRange(subnet, part, gateway)),
  )
  return Object.fromEntries(nodes.map((node, index) => [node, parts.flatMap((part) => part[index] ?? [])]))
}

function describe(choices: NetworkChoices, ranges: readonly AddressRange[]): string {
  const {spec, ipam} = choices
  const {type, addresses = [], chains = []} = spec
  const slice = ipam.sliced ? ', a slice for each node' : ''
  const what = [...ranges.map((range) => `${rangeText(range)} of ${range.subnet}`), ...addresses].join(' and ')
  const from =
    what === '' ? (ipam.name === 'none' ? 'no addresses' : `addresses by ${ipam.name}`) : `${what} by ${ipam.name}`
  const behind = chains.length > 0 ? `, with ${chains.map(({plugin}) => plugin).join(', ')}` : ''
  return `${type} ${placeOf(choices)}, ${from}${slice}${behind}`
}

function placeOf({spec, option, master}: NetworkChoices): string {
  if (master.interface !== undefined) return `on ${master.interface}`
  const resource = resourceOf(spec, option)
  return resource === undefined ? 'inside each node' : `on a device of ${resource}`
}

function resourceOf({options}: NetworkSpec, {resourceOption}: NetworkOption): string | undefined {
  const resource = resourceOption === undefined ? undefined : options?.[resourceOption]
  return typeof resource === 'string' ? resource : undefined
}

/** The plugin adds it beside the primary network's, and the kernel takes the newer one (plugins v1.9.1, pkg/ipam; multus facts §2.4). */
function defaultRouteNotes({routes = []}: NetworkSpec): readonly string[] {
  const asked = routes.filter(({to}) => to.endsWith('/0')).map(({to}) => to)
  return asked.length > 0
    ? [
        `${asked.join(', ')}: all that pods send leaves by this network, also to services and to other pods' primary addresses`,
      ]
    : []
}
