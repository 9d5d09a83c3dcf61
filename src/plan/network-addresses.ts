import {networkTypes} from '../catalog/network/index.ts'
import type {NetworkOption} from '../catalog/network/network-option.ts'
import type {AddressSpan} from '../spec/address.ts'
import {addressText, type Cidr, cidrSpan, cidrText, hostSpan, overlaps, parseAddress, parseCidr} from '../spec/cidr.ts'
import type {NetworkSpec} from '../spec/network-spec.ts'
import {freeBridgeSubnet, freeSpan, without} from './address-range.ts'
import type {Master} from './network-master.ts'
import type {NetworkSite} from './network-site.ts'
import type {PreflightFinding} from './preflight-finding.ts'
import {type Blocked, invalid, rangeFindings} from './range-findings.ts'
import {nodeRangeOf} from './node-range.ts'

export interface NetworkAddresses {
  readonly subnet: Cidr
  readonly span: AddressSpan
  readonly gateway?: string
}

/** Subnet and range of a network: as asked for, else free ones; or everything that is wrong with what was asked for. */
export function chooseAddresses(
  spec: NetworkSpec,
  site: NetworkSite,
  master: Master,
): NetworkAddresses | {readonly findings: readonly PreflightFinding[]} {
  const option: NetworkOption = networkTypes[spec.type]
  const subnet = chooseSubnet(spec, site, master)
  if ('findings' in subnet) return subnet
  const gateway = spec.gateway ?? (option.hasMaster ? undefined : addressText(hostSpan(subnet.cidr).first))
  const blocked = blockedSpans(spec, site, master, subnet.cidr)
  const findings = option.hasMaster ? [] : bridgeFindings(subnet.cidr, spec, site)
  const chosen = chooseSpan(spec, subnet.cidr, blocked, gateway)
  const all = [
    ...findings,
    ...('findings' in chosen ? chosen.findings : rangeFindings(spec, subnet.cidr, chosen, blocked, gateway)),
  ]
  if ('findings' in chosen || all.length > 0) return {findings: all}
  return {subnet: subnet.cidr, span: chosen, ...(gateway === undefined ? {} : {gateway})}
}

function chooseSubnet(
  spec: NetworkSpec,
  site: NetworkSite,
  {nic}: Master,
): {readonly cidr: Cidr} | {readonly findings: readonly PreflightFinding[]} {
  const text = spec.subnet ?? nic?.subnet
  if (text !== undefined) {
    const cidr = parseCidr(text)
    return cidr ? {cidr} : wrong('--subnet', `${text} is not a subnet in CIDR notation`)
  }
  if (networkTypes[spec.type].hasMaster)
    return wrong('--subnet', `the subnet of ${spec.master ?? 'the master'} is not known`, 'name it: --subnet CIDR')
  const taken = [
    ...site.reserved.map(({cidr}) => cidr),
    ...site.networks
      .filter((network) => !isItself(network, spec))
      .flatMap(({configs}) => configs.flatMap(({pools}) => pools.map((pool) => pool.subnet))),
  ]
  const cidr = freeBridgeSubnet(taken)
  return cidr
    ? {cidr}
    : wrong('--subnet', 'no subnet between 10.100.0.0/24 and 10.199.0.0/24 is free', 'name one: --subnet CIDR')
}

/** On the same layer 2: what the nodes take of an extra network, and what other networks hand out. */
function blockedSpans(spec: NetworkSpec, site: NetworkSite, master: Master, subnet: Cidr): readonly Blocked[] {
  const nodes = master.nic ? parseCidr(master.nic.subnet) : undefined
  const others = site.networks.filter((network) => !isItself(network, spec))
  return [
    ...(nodes && overlaps(nodes, subnet)
      ? [{owner: 'the addresses of the nodes', span: cidrSpan(nodeRangeOf(nodes))}]
      : []),
    ...others.flatMap(({namespace, name, configs}) =>
      configs
        .filter((config) =>
          master.interface === undefined
            ? config.pools.some((pool) => overlaps(pool.subnet, subnet))
            : config.master === master.interface,
        )
        .flatMap(({pools}) => pools.map(({span}) => ({owner: `the network ${namespace}/${name}`, span}))),
    ),
  ]
}

function chooseSpan(
  {rangeStart, rangeEnd}: NetworkSpec,
  subnet: Cidr,
  blocked: readonly Blocked[],
  gateway: string | undefined,
): AddressSpan | {readonly findings: readonly PreflightFinding[]} {
  const first = rangeStart === undefined ? undefined : parseAddress(rangeStart)
  const last = rangeEnd === undefined ? undefined : parseAddress(rangeEnd)
  const findings = [
    ...(rangeStart !== undefined && !first ? [invalid('--range-start', `${rangeStart} is not an address`)] : []),
    ...(rangeEnd !== undefined && !last ? [invalid('--range-end', `${rangeEnd} is not an address`)] : []),
  ]
  if (findings.length > 0) return {findings}
  const hosts = without(hostSpan(subnet), gateway)
  if (first || last) return {first: first ?? hosts.first, last: last ?? hosts.last}
  const free =
    blocked.length === 0 ? hosts : freeSpan(subnet, [...blocked.map(({span}) => span), ...gatewaySpan(gateway)])
  return (
    free ??
    wrong(
      '--range-start',
      `nothing of ${cidrText(subnet)} is free: ${blocked.map(({owner}) => owner).join(', ')}`,
      'remove a network (k8s-local net remove), or name another subnet',
    )
  )
}

/** A network that is added again must not stand in its own way. */
function isItself(network: {readonly namespace: string; readonly name: string}, spec: NetworkSpec): boolean {
  return network.name === spec.name && network.namespace === spec.namespace
}

function gatewaySpan(gateway: string | undefined): readonly AddressSpan[] {
  const address = gateway === undefined ? undefined : parseAddress(gateway)
  return address ? [{first: address, last: address}] : []
}

/** The bridge gets an address and a route on every node: what it overlaps cannot be reached from there any more. */
function bridgeFindings(
  subnet: Cidr,
  spec: NetworkSpec,
  {reserved, networks}: NetworkSite,
): readonly PreflightFinding[] {
  const others = networks
    .filter((network) => !isItself(network, spec))
    .flatMap(({namespace, name, configs}) =>
      configs.flatMap(({pools}) =>
        pools.map((pool) => ({what: `the network ${namespace}/${name}`, cidr: pool.subnet})),
      ),
    )
  return [...reserved, ...others]
    .filter(({cidr}) => overlaps(cidr, subnet))
    .map(({what, cidr}) =>
      invalid(
        '--subnet',
        `${cidrText(subnet)} overlaps ${what}, ${cidrText(cidr)}`,
        'leave --subnet out: a free one is taken',
      ),
    )
}

function wrong(at: string, message: string, fix?: string): {readonly findings: readonly PreflightFinding[]} {
  return {findings: [invalid(at, message, fix)]}
}
