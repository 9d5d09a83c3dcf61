import {chainPlugins} from '../catalog/chain/index.ts'
import type {ChainOption} from '../catalog/chain/chain-option.ts'
import {ipams} from '../catalog/ipam/index.ts'
import type {IpamOption} from '../catalog/ipam/ipam-option.ts'
import {networkTypes} from '../catalog/network/index.ts'
import type {NetworkOption} from '../catalog/network/network-option.ts'
import type {Finding} from '../problem.ts'
import {dhcpServerFindings} from './dhcp-server-findings.ts'
import type {RawInput} from './field.ts'
import {networkOptionFields} from './network-fields.ts'
import {typesWith} from './network-options.ts'
import type {NetworkSpec} from './network-spec.ts'
import {flagOf} from './option-field.ts'

/** Where the value of a key came from. */
type Place = (key: string) => string

/** What does not go with the type of a network: options of other types, options that it lacks, IPAMs and chained plugins that do not work on it. */
export function typeFindings(spec: NetworkSpec, raw: RawInput, at: Place): readonly Finding[] {
  const option: NetworkOption = networkTypes[spec.type]
  return [
    ...foreignFindings(spec, raw),
    ...masterFindings(spec, option, at),
    ...missingFindings(spec, option, raw, at),
    ...ipamFindings(spec, option, at),
    ...dhcpServerFindings(spec, option, at),
    ...chainFindings(spec, option, at),
    ...option.lint({
      name: spec.name,
      options: spec.options ?? {},
      hasAddresses: spec.ipam !== 'none',
      ...(spec.master !== undefined && {master: spec.master}),
    }),
  ]
}

function foreignFindings({type}: NetworkSpec, raw: RawInput): readonly Finding[] {
  const option: NetworkOption = networkTypes[type]
  return Object.entries(raw)
    .filter(([key]) => key in networkOptionFields && !(key in option.options))
    .map(([key, {from}]) => ({
      at: from,
      message: `a ${type} network has no ${flagOf(key)}; these have: ${typesWith(key, networkTypes).join(', ')}`,
      fix: `Leave ${from} out`,
    }))
}

/** A master that is absent is chosen later, among the cluster's networks, unless it would be taken away from the nodes. */
function masterFindings({type, master}: NetworkSpec, {hasMaster}: NetworkOption, at: Place): readonly Finding[] {
  if (master !== undefined && hasMaster === false) {
    const others = Object.entries<NetworkOption>(networkTypes).filter(([, other]) => other.hasMaster !== false)
    return [
      {
        at: at('master'),
        message: `a ${type} network has no master; these have: ${others.map(([name]) => name).join(', ')}`,
        fix: `Leave ${at('master')} out`,
      },
    ]
  }
  return master === undefined && hasMaster === 'taken'
    ? [
        {
          at: at('master'),
          message: `${type} takes a NIC away from the nodes, so it has to be named`,
          fix: `k8s-local net add ${type} NAME --master NIC`,
        },
      ]
    : []
}

function missingFindings({type}: NetworkSpec, {options}: NetworkOption, raw: RawInput, at: Place): readonly Finding[] {
  return Object.entries(options)
    .filter(([key, {required}]) => required === true && raw[key] === undefined)
    .map(([key, {describe}]) => ({
      at: at(key),
      message: `a ${type} network needs it: ${describe}`,
      fix: `k8s-local net add ${type} NAME ${at(key)} VALUE`,
    }))
}

function ipamFindings(spec: NetworkSpec, {unfitIpams}: NetworkOption, at: Place): readonly Finding[] {
  const {ipam} = spec
  if (ipam === undefined) return []
  const reason = unfitIpams[ipam]
  const {source}: IpamOption = ipams[ipam]
  const unused: readonly (keyof NetworkSpec)[] = {
    range: ['addresses'] as const,
    list: ranges,
    network: [...(spec.dhcpServer === true ? [] : handedOut), 'addresses'] as const,
    nowhere: [...handedOut, 'addresses'] as const,
  }[source]
  return [
    ...(reason === undefined
      ? []
      : [{at: at('ipam'), message: `${ipam} does not go with ${spec.type}: ${reason}`, fix: 'Leave --ipam out'}]),
    ...unused
      .filter((key) => spec[key] !== undefined)
      .map((key) => ({at: at(key), message: `--ipam ${ipam} does not use it`, fix: `Leave ${at(key)} out`})),
  ]
}

const ranges = ['subnets', 'rangeStarts', 'rangeEnds'] as const
const handedOut = [...ranges, 'gateways', 'routes'] as const

function chainFindings({chains = []}: NetworkSpec, option: NetworkOption, at: Place): readonly Finding[] {
  return chains.flatMap(({plugin, options}, index) => {
    const chained: ChainOption = chainPlugins[plugin]
    const reason = chained.unfit?.(option)
    const isTwice = chains.findIndex((other) => other.plugin === plugin) < index
    return [
      ...(reason === undefined ? [] : [{at: at('chains'), message: `${plugin} does not work here: ${reason}`}]),
      ...(isTwice ? [{at: at('chains'), message: `${plugin} is there twice`, fix: 'Put its settings together'}] : []),
      ...chained.lint(options),
    ]
  })
}
