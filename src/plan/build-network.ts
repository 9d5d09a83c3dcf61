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
import type {NetworkAddresses} from './network-addresses.ts'
import {type Master, optionsOf} from './network-master.ts'
import type {ResolvedNetwork} from './resolved-network.ts'

/** Everything that was decided of a network. */
export interface NetworkChoices {
  readonly spec: NetworkSpec
  readonly option: NetworkOption
  readonly master: Master
  readonly ipam: IpamChoice
  readonly addresses: NetworkAddresses
  readonly nodes: readonly string[]
}

/** The object that a network becomes: with its configuration, or without, and a file on each node instead. */
export function buildNetwork(choices: NetworkChoices): ResolvedNetwork {
  const {spec, option, master, ipam, addresses} = choices
  const {type, namespace, name, mode} = spec
  const range = toRange(addresses.subnet, addresses.span, addresses.gateway)
  const nad = {name, namespace, description: describe(choices, range)}
  const common = {
    type,
    namespace,
    name,
    range,
    ipam: ipam.name,
    ...(master.interface === undefined ? {} : {master: master.interface}),
    ...(mode === undefined ? {} : {mode}),
    plugins: [...option.plugins, ...ipam.option.plugins],
    notes: [...master.notes, ...ipam.notes],
  }
  if (!ipam.sliced) {
    const config = configFor(choices, range)
    return {...common, slices: {}, object: networkAttachmentDefinition(nad, config), config: configText(config)}
  }
  const parts = sliceRange(choices)
  const files = Object.entries(parts).map(([node, part]) => [node, `${configText(configFor(choices, part))}\n`])
  return {
    ...common,
    slices: parts,
    object: nodeFileNetworkAttachmentDefinition(nad),
    config: '',
    nodeFiles: {path: nodeFilePath(nad), files: Object.fromEntries(files) as Readonly<Record<string, string>>},
  }
}

function configFor({spec, option, master, ipam, addresses: {gateway}}: NetworkChoices, range: AddressRange): CniConfig {
  const plugin = option.toConfig({
    ...optionsOf(spec),
    ...(master.interface === undefined ? {} : {master: master.interface}),
    ...(gateway === undefined ? {} : {gateway}),
  })
  const {capabilities} = ipam.option
  return cniConfig({name: spec.name, plugin, ipam: ipam.option.toConfig(range), capabilities})
}

/** The range in equal parts, one for each node. */
function sliceRange({
  addresses: {subnet, span, gateway},
  nodes,
}: NetworkChoices): Readonly<Record<string, AddressRange>> {
  const parts = slices(span, nodes.length).map((part) => toRange(subnet, part, gateway))
  return Object.fromEntries(nodes.flatMap((node, index) => (parts[index] ? [[node, parts[index]]] : [])))
}

function describe({spec: {type}, master, ipam}: NetworkChoices, range: AddressRange): string {
  const place = master.interface === undefined ? 'inside each node' : `on ${master.interface}`
  const slice = ipam.sliced ? ', a slice for each node' : ''
  return `${type} ${place}, ${rangeText(range)} of ${range.subnet} by ${ipam.name}${slice}`
}
