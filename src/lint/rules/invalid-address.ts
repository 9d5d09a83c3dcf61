import {addressText, cidrText, parseAddress, parseCidr} from '../../spec/cidr.ts'
import type {TextLeaf} from '../../tree.ts'
import {editIn} from '../edits.ts'
import {hostLocalRanges, splitRange} from '../read/pools.ts'
import type {Found, Rule} from '../rule.ts'
import type {Config, Ipam} from '../scene.ts'
import {leafAt, listAt} from '../tree-access.ts'

export const invalidAddress: Rule = {
  code: 'KL-L301',
  title: 'An address or subnet cannot be read',
  severity: 'error',
  why: 'The IPAM refuses its configuration. host-local wants a subnet without bits behind its prefix and at most a /30 (IPv6: /126), static an address with its prefix length (containernetworking/plugins v1.9.1, whereabouts v0.9.4).',
  fix: 'Write a subnet as 10.20.0.0/24 and an address as 10.20.0.5',
  *network({config}) {
    for (const {ipam} of config?.plugins ?? []) {
      if (!ipam || !config) continue
      if (ipam.type === 'host-local') yield* hostLocal(config, ipam)
      if (ipam.type === 'whereabouts') yield* whereabouts(ipam)
      if (ipam.type === 'static') yield* fixed(ipam)
      yield* routes(ipam)
    }
  },
}

function* hostLocal({host}: Config, {tree}: Ipam): Iterable<Found> {
  for (const range of hostLocalRanges(tree)) {
    const subnet = leafAt(range, 'subnet')
    if (subnet) {
      const cidr = parseCidr(subnet.value)
      if (!cidr) yield noSubnet(subnet)
      else if (addressText(cidr.base) !== canonical(subnet.value)) {
        yield {
          at: subnet,
          message: `${subnet.value} has bits set behind its prefix, which host-local refuses`,
          fix: `Write ${cidrText(cidr)}`,
          edit: editIn(host, subnet, JSON.stringify(cidrText(cidr))),
        }
      } else if (cidr.prefix > (cidr.base.family === 4 ? 30 : 126))
        yield {
          at: subnet,
          message: `${subnet.value} is too small to hand out addresses of`,
          fix: 'Use at most a /30, in IPv6 a /126',
        }
    }
    yield* addresses([leafAt(range, 'rangeStart'), leafAt(range, 'rangeEnd'), leafAt(range, 'gateway')])
  }
}

function* whereabouts({tree}: Ipam): Iterable<Found> {
  for (const range of [tree, ...(listAt(tree, 'ipRanges')?.items ?? [])]) {
    const leaf = leafAt(range, 'range')
    if (leaf) {
      const {subnet, first, last} = splitRange(leaf.value)
      const cidr = parseCidr(subnet)
      if (!cidr || (last !== undefined && (!parseAddress(last) || !parseAddress(first ?? '')))) yield noSubnet(leaf)
      else if (cidr.prefix > (cidr.base.family === 4 ? 30 : 126))
        yield {
          at: leaf,
          message: `${leaf.value} is too small to hand out addresses of`,
          fix: 'Use at most a /30, in IPv6 a /126',
        }
    }
    for (const one of listAt(range, 'exclude')?.items ?? [])
      if (one.kind === 'text' && !parseCidr(one.value) && !parseAddress(one.value)) yield noSubnet(one)
    yield* addresses([leafAt(range, 'range_start'), leafAt(range, 'range_end'), leafAt(range, 'gateway')])
  }
}

function* fixed({tree}: Ipam): Iterable<Found> {
  for (const one of listAt(tree, 'addresses')?.items ?? []) {
    const leaf = leafAt(one, 'address')
    if (leaf && !parseCidr(leaf.value))
      yield parseAddress(leaf.value)
        ? {
            at: leaf,
            message: `${leaf.value} has no prefix length, which static asks for`,
            fix: `Write ${leaf.value}/24, or the length of the subnet`,
          }
        : noSubnet(leaf)
    yield* addresses([leafAt(one, 'gateway')])
  }
}

function* routes({tree}: Ipam): Iterable<Found> {
  for (const route of listAt(tree, 'routes')?.items ?? []) {
    const destination = leafAt(route, 'dst')
    if (destination && !parseCidr(destination.value)) yield noSubnet(destination)
    yield* addresses([leafAt(route, 'gw')])
  }
}

function* addresses(leaves: readonly (TextLeaf | undefined)[]): Iterable<Found> {
  for (const leaf of leaves)
    if (leaf && leaf.value !== '' && !parseAddress(leaf.value))
      yield {
        at: leaf,
        message: `'${leaf.value}' is no address`,
        fix: 'Write an address such as 10.20.0.5, without prefix length',
      }
}

function noSubnet(leaf: TextLeaf): Found {
  return {at: leaf, message: `'${leaf.value}' is no subnet`, fix: 'Write a subnet such as 10.20.0.0/24'}
}

function canonical(cidr: string): string {
  const address = parseAddress(cidr.split('/')[0] ?? '')
  return address ? addressText(address) : ''
}
