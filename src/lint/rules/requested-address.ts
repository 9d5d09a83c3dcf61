import {addressText, contains, parseAddress, parseCidr} from '../../spec/cidr.ts'
import {spanContains} from '../../spec/address.ts'
import {gatewayOf} from '../capacity.ts'
import type {Found, Rule} from '../rule.ts'
import {type Ipam, namespaceOf, type Piece} from '../scene.ts'

export const requestedAddress: Rule = {
  code: 'KL-L507',
  title: 'The network cannot give the address that is asked for',
  severity: 'error',
  why: 'host-local gives only addresses of its range, start and end included: failed to allocate all requested IPs (tried); not that of the gateway, and one for each range set. static takes an address with its prefix length only.',
  fix: 'Ask for an address of the range, or widen the range',
  *request({attachments}, workload, {network}) {
    for (const {ips, namespace, network: asked} of attachments) {
      const target = network(namespace?.text ?? namespaceOf(workload), asked.text)
      const ipam = target?.config?.plugins.find((plugin) => plugin.ipam)?.ipam
      for (const piece of ips) yield* judge(piece, ipam)
      if (ipam?.type === 'host-local' && ips.length > 1)
        yield {
          at: ips[1]?.at ?? asked.at,
          message: 'host-local takes one requested address in "ips"; more are refused',
          fix: 'Write "cni-args": {"ips": [...]} instead of "ips"',
        }
    }
  },
}

function* judge({text, at}: Piece, ipam: Ipam | undefined): Iterable<Found> {
  const address = parseAddress(text.split('/')[0] ?? '')
  const cidr = parseCidr(text)
  if (!address || (text.includes('/') && !cidr)) {
    yield {at, message: `'${text}' is no address`, fix: 'Write an address such as 10.20.0.5/24'}
    return
  }
  if ((ipam?.type === 'static' || ipam?.type === 'whereabouts') && !cidr) {
    yield {
      at,
      message: `${text} has no prefix length, which ${ipam.type} asks for`,
      fix: `Write ${text}/24, or the length of the subnet`,
    }
    return
  }
  if (ipam?.type !== 'host-local' || ipam.pools.length === 0) return
  const pool = ipam.pools.find(({subnet}) => contains(subnet, address))
  if (!pool || !spanContains(pool.span, address)) {
    const ranges = ipam.pools.map(({span}) => `${addressText(span.first)} to ${addressText(span.last)}`).join(', ')
    yield {
      at,
      message: `${text} is outside what the network hands out, ${ranges}`,
      fix: `Ask for an address of ${ranges}, or widen the range`,
    }
  } else if (gatewayOf(pool)?.value === address.value)
    yield {at, message: `${text} is the gateway of the network`, fix: 'Ask for another address'}
}
