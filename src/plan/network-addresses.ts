import {networkTypes} from '../catalog/network/index.ts'
import type {NetworkOption} from '../catalog/network/network-option.ts'
import {type AddressSpan, spanContains, spansOverlap} from '../spec/address.ts'
import {
  addressText,
  type Cidr,
  cidrSpan,
  cidrText,
  contains,
  hostSpan,
  overlaps,
  parseAddress,
  parseCidr,
} from '../spec/cidr.ts'
import type {NetworkSpec} from '../spec/network-spec.ts'
import {freeBridgeSubnet, freeSpan, without} from './address-range.ts'
import type {Master} from './network-master.ts'
import type {NetworkSite} from './network-site.ts'
import type {PreflightFinding} from './preflight-finding.ts'
import {nodeRangeOf} from './resolve-cluster.ts'

export interface NetworkAddresses {
  readonly subnet: Cidr
  readonly span: AddressSpan
  readonly gateway?: string
}

/** What is handed out elsewhere: it must not be handed out twice. */
interface Blocked {
  readonly owner: string
  readonly span: AddressSpan
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
    ...(rangeStart !== undefined && !first ? [wrongOne('--range-start', `${rangeStart} is not an address`)] : []),
    ...(rangeEnd !== undefined && !last ? [wrongOne('--range-end', `${rangeEnd} is not an address`)] : []),
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

function rangeFindings(
  {rangeStart, rangeEnd}: NetworkSpec,
  subnet: Cidr,
  span: AddressSpan,
  blocked: readonly Blocked[],
  gateway: string | undefined,
): readonly PreflightFinding[] {
  const at = rangeEnd !== undefined && rangeStart === undefined ? '--range-end' : '--range-start'
  const hosts = hostSpan(subnet)
  const range = `${addressText(span.first)}-${addressText(span.last)}`
  const gate = gateway === undefined ? undefined : parseAddress(gateway)
  const findings: PreflightFinding[] = []
  if (span.first.value > span.last.value) return [wrongOne(at, `the range ${range} ends before it starts`)]
  if (!spanContains(hosts, span.first) || !spanContains(hosts, span.last))
    findings.push(
      wrongOne(
        at,
        `the range ${range} is not inside ${cidrText(subnet)} (${addressText(hosts.first)} to ${addressText(hosts.last)})`,
      ),
    )
  if (gateway !== undefined && !gate) findings.push(wrongOne('--gateway', `${gateway} is not an address`))
  if (gate && !contains(subnet, gate))
    findings.push(wrongOne('--gateway', `the gateway ${gateway} is not inside ${cidrText(subnet)}`))
  if (gate && spanContains(span, gate))
    findings.push(
      wrongOne('--gateway', `the gateway ${gateway} lies in the range ${range}, which pods get their addresses from`),
    )
  for (const {owner, span: other} of blocked) {
    if (spansOverlap(span, other))
      findings.push(
        wrongOne(
          at,
          `the range ${range} overlaps ${owner}, ${addressText(other.first)}-${addressText(other.last)}`,
          'leave the range out: a free one is taken',
        ),
      )
  }
  return findings
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
      wrongOne(
        '--subnet',
        `${cidrText(subnet)} overlaps ${what}, ${cidrText(cidr)}`,
        'leave --subnet out: a free one is taken',
      ),
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

function wrong(at: string, message: string, fix?: string): {readonly findings: readonly PreflightFinding[]} {
  return {findings: [wrongOne(at, message, fix)]}
}

function wrongOne(at: string, message: string, fix?: string): PreflightFinding {
  return {problem: 'invalid-input', at, message, ...(fix === undefined ? {} : {fix})}
}
