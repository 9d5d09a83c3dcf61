import type {NetworkOption} from '../catalog/network/network-option.ts'
import {type FamilyWish, families} from '../spec/address-family.ts'
import {type AddressSpan, spansOverlap} from '../spec/address.ts'
import {addressText, type Cidr, cidrSpan, cidrText, hostSpan, overlaps, parseAddress, parseCidr} from '../spec/cidr.ts'
import type {NetworkSpec} from '../spec/network-spec.ts'
import {freeBridgeSubnet, freeSpan, without} from './address-range.ts'
import type {Master} from './network-master.ts'
import type {NetworkSite} from './network-site.ts'
import {nodeRangeOf} from './node-range.ts'
import type {PreflightFinding} from './preflight-finding.ts'
import {type Blocked, invalid, rangeFindings} from './range-findings.ts'
import {routerFindings, routersOf, spanOf} from './route-gateways.ts'

/** The addresses of one IP version that a network hands out. */
export interface AddressPool {
  readonly subnet: Cidr
  readonly span: AddressSpan
  readonly gateway?: string
}

export interface AddressChoice {
  /** One for each IP version; none where something is wrong. */
  readonly pools: readonly AddressPool[]
  readonly findings: readonly PreflightFinding[]
}

/** What a network is chosen addresses for. */
export interface AddressQuest {
  readonly spec: NetworkSpec
  readonly option: NetworkOption
  readonly site: NetworkSite
  readonly master: Master
}

type Wrong = {readonly findings: readonly PreflightFinding[]}

/** Subnets and ranges of a network: as asked for, else free ones; or everything that is wrong with what was asked for. */
export function chooseAddresses(quest: AddressQuest): AddressChoice {
  const chosen = families(quest.spec).map((wish) => choosePool(wish, quest))
  const findings = chosen.flatMap((one) => ('findings' in one ? one.findings : []))
  if (findings.length > 0) return {pools: [], findings}
  return {pools: chosen.flatMap((one) => ('span' in one ? [one] : [])), findings}
}

function choosePool(wish: FamilyWish, quest: AddressQuest): AddressPool | Wrong {
  const {option} = quest
  const subnet = chooseSubnet(wish, quest)
  if ('findings' in subnet) return subnet
  const gateway = wish.gateway ?? (option.nodeIsGateway ? addressText(hostSpan(subnet.cidr).first) : undefined)
  const routers = routersOf(quest.spec, subnet.cidr)
  const blocked = blockedSpans(quest, subnet.cidr)
  const findings = option.subnet === 'own' ? overlapFindings(subnet.cidr, quest) : []
  const chosen = chooseSpan(wish, {
    subnet: subnet.cidr,
    blocked,
    held: [...(gateway === undefined ? [] : [gateway]), ...routers],
  })
  const all = [
    ...findings,
    ...('findings' in chosen
      ? chosen.findings
      : [...rangeFindings(wish, subnet.cidr, chosen, blocked, gateway), ...routerFindings(routers, chosen)]),
  ]
  if ('findings' in chosen || all.length > 0) return {findings: all}
  return {subnet: subnet.cidr, span: chosen, ...(gateway === undefined ? {} : {gateway})}
}

function chooseSubnet(wish: FamilyWish, {spec, option, site, master}: AddressQuest): {readonly cidr: Cidr} | Wrong {
  const text = wish.subnet ?? (option.subnet === 'of-master' && wish.family === 4 ? master.nic?.subnet : undefined)
  if (text !== undefined) {
    const cidr = parseCidr(text)
    return cidr ? {cidr} : wrong('--subnet', `${text} is not a subnet in CIDR notation`)
  }
  if (wish.family === 6) return wrong('--subnet', 'there is no IPv6 subnet to choose from', 'name it: --subnet CIDR')
  if (option.subnet === 'of-master')
    return wrong('--subnet', `the subnet of ${spec.master ?? 'the master'} is not known`, 'name it: --subnet CIDR')
  const taken = [
    ...site.reserved.map(({cidr}) => cidr),
    ...othersIn(site, spec).flatMap(({configs}) => configs.flatMap(({pools}) => pools.map((pool) => pool.subnet))),
  ]
  const cidr = freeBridgeSubnet(taken)
  return cidr
    ? {cidr}
    : wrong('--subnet', 'no subnet between 10.100.0.0/24 and 10.199.0.0/24 is free', 'name one: --subnet CIDR')
}

/** On the same layer 2: what the nodes take of an extra network, and what other networks hand out. */
function blockedSpans({spec, site, master}: AddressQuest, subnet: Cidr): readonly Blocked[] {
  const nodes = master.nic ? parseCidr(master.nic.subnet) : undefined
  const isBeside = (config: {readonly master?: string; readonly pools: readonly {readonly subnet: Cidr}[]}): boolean =>
    master.interface === undefined || config.master === undefined
      ? config.pools.some((pool) => overlaps(pool.subnet, subnet))
      : config.master === master.interface
  return [
    ...(nodes && overlaps(nodes, subnet)
      ? [{owner: 'the addresses of the nodes', span: cidrSpan(nodeRangeOf(nodes))}]
      : []),
    ...othersIn(site, spec).flatMap(({namespace, name, configs}) =>
      configs
        .filter(isBeside)
        .flatMap(({pools}) => pools.map(({span}) => ({owner: `the network ${namespace}/${name}`, span}))),
    ),
  ]
}

interface Room {
  readonly subnet: Cidr
  readonly blocked: readonly Blocked[]
  /** Addresses of gateways: no pod gets them. */
  readonly held: readonly string[]
}

function chooseSpan({rangeStart, rangeEnd}: FamilyWish, {subnet, blocked, held}: Room): AddressSpan | Wrong {
  const first = rangeStart === undefined ? undefined : parseAddress(rangeStart)
  const last = rangeEnd === undefined ? undefined : parseAddress(rangeEnd)
  const hosts = held.reduce(without, hostSpan(subnet))
  if (first || last) return {first: first ?? hosts.first, last: last ?? hosts.last}
  const inside = blocked.map(({span}) => span).filter((span) => spansOverlap(span, cidrSpan(subnet)))
  const free = inside.length === 0 ? hosts : freeSpan(subnet, [...inside, ...held.flatMap(spanOf)])
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
function othersIn({networks}: NetworkSite, spec: NetworkSpec): NetworkSite['networks'] {
  return networks.filter((network) => network.name !== spec.name || network.namespace !== spec.namespace)
}

/** A subnet of its own comes with a route to it, in pods or on every node: what it overlaps cannot be reached from there any more. */
function overlapFindings(subnet: Cidr, {spec, site}: AddressQuest): readonly PreflightFinding[] {
  const others = othersIn(site, spec).flatMap(({namespace, name, configs}) =>
    configs.flatMap(({pools}) => pools.map((pool) => ({what: `the network ${namespace}/${name}`, cidr: pool.subnet}))),
  )
  return [...site.reserved, ...others]
    .filter(({cidr}) => overlaps(cidr, subnet))
    .map(({what, cidr}) =>
      invalid(
        '--subnet',
        `${cidrText(subnet)} overlaps ${what}, ${cidrText(cidr)}`,
        'leave --subnet out: a free one is taken',
      ),
    )
}

function wrong(at: string, message: string, fix?: string): Wrong {
  return {findings: [invalid(at, message, fix)]}
}
