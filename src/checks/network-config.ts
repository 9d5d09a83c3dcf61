import {type AddressSpan, spanContains} from '../spec/address.ts'
import {type Cidr, hostSpan, parseAddress, parseCidr} from '../spec/cidr.ts'
import type {Json} from '../steps/object.ts'
import {at, listAt, textAt} from './json-path.ts'

/** What a network's configuration says, as far as anyone but its plugin needs to know. */
export interface NetworkConfig {
  readonly cniVersion: string
  readonly name?: string
  /** Types of the plugins: the main one first, chained ones after it. */
  readonly types: readonly string[]
  readonly ipam?: string
  /** A NIC of the node; one inside the pod (`linkInContainer`) is not. */
  readonly master?: string
  readonly bridge?: string
  readonly mode?: string
  readonly mtu?: number
  readonly vlan?: number
  /** Whether a pod may ask for an address. */
  readonly takesIps: boolean
  /** What a pod can ask for: `ips`, `mac`, `bandwidth`, `portMappings`, by what the plugins declare. */
  readonly capabilities: readonly string[]
  /** Whether pods get a default route by it. */
  readonly givesDefaultRoute: boolean
  /** Whether the node has the gateway's address: of bridges that say so. */
  readonly nodeIsGateway: boolean
  /** What its IPAM hands out, in order. Empty where that cannot be told. */
  readonly pools: readonly Pool[]
}

/** A subnet and the part of it that is handed out. */
export interface Pool {
  readonly subnet: Cidr
  readonly span: AddressSpan
  readonly gateway?: string
  /** Parts of it that are never handed out: whereabouts' `exclude`. */
  readonly excluded?: readonly Cidr[]
}

/** A network's configuration from its text; the reason where Multus could not read it either. Never throws. */
export function parseNetworkConfig(text: string): NetworkConfig | {readonly fault: string} {
  const parsed = parseObject(text)
  if ('fault' in parsed) return parsed
  const config = parsed.value
  const plugins = pluginsOfObject(config)
  const main = plugins[0]
  if (main === undefined) return {fault: '"plugins" is an empty list'}
  const types = plugins.map((plugin) => textAt(plugin, 'type') ?? '')
  const nameless = types.findIndex((type) => type === '')
  if (nameless >= 0)
    return {fault: types.length === 1 ? 'it has neither "type" nor "plugins"' : `plugin ${nameless + 1} has no "type"`}
  const mtu = at(main, 'mtu')
  const vlan = at(main, 'vlanId') ?? at(main, 'vlan')
  const capabilities = [...new Set(plugins.flatMap(declaredBy))]
  return {
    cniVersion: textAt(config, 'cniVersion') ?? '0.1.0',
    types,
    takesIps: capabilities.includes('ips'),
    capabilities,
    givesDefaultRoute:
      at(main, 'isDefaultGateway') === true ||
      listAt(main, 'ipam', 'routes').some((route) => /^(0\.0\.0\.0|::)\/0$/.test(textAt(route, 'dst') ?? '')),
    nodeIsGateway: at(main, 'isGateway') === true || at(main, 'isDefaultGateway') === true,
    pools: poolsOf(at(main, 'ipam')),
    ...texts(config, ['name']),
    ...texts(main, at(main, 'linkInContainer') === true ? ['bridge', 'mode'] : ['master', 'bridge', 'mode']),
    ...optional('ipam', textAt(main, 'ipam', 'type')),
    ...(typeof mtu === 'number' && mtu > 0 ? {mtu} : {}),
    ...(typeof vlan === 'number' && vlan > 0 ? {vlan} : {}),
  }
}

/** The plugins of a configuration as they are written, the main one first; none where it cannot be read. */
export function pluginObjects(text: string): readonly Json[] {
  const parsed = parseObject(text)
  return 'fault' in parsed ? [] : pluginsOfObject(parsed.value)
}

/** Plugin binaries that a node needs for the network. */
export function pluginsOf({types, ipam}: NetworkConfig): readonly string[] {
  return [...new Set([...types, ...(ipam === undefined ? [] : [ipam])])]
}

/** Whether an address may have come from the network. A network without pools hands out anything. */
export function mayHandOut({pools}: NetworkConfig, address: string): boolean {
  const parsed = parseAddress(address)
  return pools.length === 0 || (parsed !== undefined && pools.some(({span}) => spanContains(span, parsed)))
}

function pluginsOfObject(config: Json): readonly Json[] {
  return at(config, 'plugins') === undefined ? [config] : listAt(config, 'plugins')
}

function declaredBy(plugin: Json): readonly string[] {
  const declared = at(plugin, 'capabilities')
  if (typeof declared !== 'object' || declared === null) return []
  return Object.entries(declared).flatMap(([name, value]) => (value === true ? [name] : []))
}

/** A JSON object from its text; the reason where it is none. */
export function parseObject(text: string): {readonly value: Json} | {readonly fault: string} {
  if (text.trim() === '') return {fault: 'it is empty'}
  try {
    const value = JSON.parse(text) as Json
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? {value}
      : {fault: 'it is not a JSON object'}
  } catch (error) {
    return {fault: `it is not JSON: ${error instanceof Error ? error.message : String(error)}`}
  }
}

/** Of host-local, whereabouts and static; each writes its ranges in its own way (multus facts §3.3). */
function poolsOf(ipam: Json | undefined): readonly Pool[] {
  switch (textAt(ipam, 'type') ?? 'none') {
    case 'host-local':
      return [
        ipam,
        ...listAt(ipam, 'ranges').flatMap((set) => (Array.isArray(set) ? (set as readonly Json[]) : [])),
      ].flatMap((range) =>
        toPool(
          textAt(range, 'subnet'),
          textAt(range, 'rangeStart'),
          textAt(range, 'rangeEnd'),
          textAt(range, 'gateway'),
        ),
      )
    case 'whereabouts':
      return [ipam, ...listAt(ipam, 'ipRanges')].flatMap((range) => whereaboutsPool(range))
    case 'static':
      return listAt(ipam, 'addresses').flatMap((one) => {
        const address = textAt(one, 'address')
        return toPool(address, address?.split('/')[0], address?.split('/')[0], textAt(one, 'gateway'))
      })
    default:
      return []
  }
}

/** whereabouts also writes `first-last/prefix` as one text. */
function whereaboutsPool(range: Json | undefined): readonly Pool[] {
  const text = textAt(range, 'range')
  const match = /^([^-/]+)-([^-/]+)(\/\d+)$/.exec(text ?? '')
  const [subnet, first, last] = match ? [`${match[1]}${match[3]}`, match[1], match[2]] : [text, undefined, undefined]
  const excluded = listAt(range, 'exclude').flatMap((one) => parseCidr(typeof one === 'string' ? one : '') ?? [])
  return toPool(
    subnet,
    textAt(range, 'range_start') ?? first,
    textAt(range, 'range_end') ?? last,
    textAt(range, 'gateway'),
  ).map((pool) => (excluded.length === 0 ? pool : {...pool, excluded}))
}

function toPool(
  subnetText: string | undefined,
  start: string | undefined,
  end: string | undefined,
  gateway: string | undefined,
): readonly Pool[] {
  const subnet = parseCidr(subnetText ?? '')
  if (!subnet) return []

  const span = {
    first: parseAddress(start ?? '') ?? hostSpan(subnet).first,
    last: parseAddress(end ?? '') ?? hostSpan(subnet).last,
  }
  return [{subnet, span, ...optional('gateway', gateway)}]
}

function texts<K extends string>(value: Json, keys: readonly K[]): Partial<Record<K, string>> {
  return Object.assign({}, ...keys.map((key) => optional(key, textAt(value, key)))) as Partial<Record<K, string>>
}

function optional<K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> {
  return value === undefined || value === '' ? {} : ({[key]: value} as Partial<Record<K, string>>)
}
