import type {Finding} from '../problem.ts'
import {type Address, spanContains} from './address.ts'
import {type Cidr, contains, hostSpan, parseAddress, parseCidr} from './cidr.ts'
import {type FamilyWish, families} from './address-family.ts'
import type {NetworkSpec} from './network-spec.ts'

type Place = (key: string) => string

/** What is wrong with the addresses of a network in themselves: ranges outside their subnet, gateways inside the range, two of one IP version, routes that lead nowhere. */
export function addressFindings(spec: NetworkSpec, at: Place): readonly Finding[] {
  return [
    ...twiceFindings(spec, at),
    ...families(spec).flatMap((wish) => wishFindings(wish, at)),
    ...routeFindings(spec, at),
  ]
}

function twiceFindings(spec: NetworkSpec, at: Place): readonly Finding[] {
  return (['subnets', 'rangeStarts', 'rangeEnds', 'gateways'] as const).flatMap((key) => {
    const versions = (spec[key] ?? []).map((text) => (text.includes(':') ? 6 : 4))
    const twice = versions.find((version, index) => versions.indexOf(version) !== index)
    return twice === undefined
      ? []
      : [{at: at(key), message: `there are two for IPv${twice}: a network has one of each`}]
  })
}

function wishFindings({subnet, rangeStart, rangeEnd, gateway}: FamilyWish, at: Place): readonly Finding[] {
  const cidr = subnet === undefined ? undefined : parseCidr(subnet)
  const longest = cidr?.base.family === 6 ? 126 : 30
  if (cidr && cidr.prefix > longest)
    return [{at: at('subnets'), message: `${subnet} has too few addresses: up to /${longest} is possible`}]
  const named = [
    {key: 'rangeStarts', what: 'the range starts at', text: rangeStart},
    {key: 'rangeEnds', what: 'the range ends at', text: rangeEnd},
    {key: 'gateways', what: 'the gateway is', text: gateway},
  ]
  const outside = named.flatMap(({key, what, text}) => {
    const address = text === undefined ? undefined : parseAddress(text)
    if (address === undefined || cidr === undefined) return []
    const message = outsideText(cidr, address)
    return message === undefined ? [] : [{at: at(key), message: `${what} ${text}, ${message} ${subnet}`}]
  })
  return [...outside, ...orderFindings({rangeStart, rangeEnd, gateway}, at)]
}

function outsideText(cidr: Cidr, address: Address): string | undefined {
  if (!contains(cidr, address)) return 'which is not in'
  return spanContains(hostSpan(cidr), address) ? undefined : 'which no interface can have in'
}

interface Ends {
  readonly rangeStart: string | undefined
  readonly rangeEnd: string | undefined
  readonly gateway: string | undefined
}

function orderFindings({rangeStart, rangeEnd, gateway}: Ends, at: Place): readonly Finding[] {
  if (rangeStart === undefined || rangeEnd === undefined) return []
  const [first, last] = [parseAddress(rangeStart), parseAddress(rangeEnd)]
  if (first === undefined || last === undefined) return []
  if (first.value > last.value) {
    return [{at: at('rangeEnds'), message: `the range ends at ${rangeEnd}, before it starts at ${rangeStart}`}]
  }
  const inside = gateway === undefined ? undefined : parseAddress(gateway)
  // host-local leaves it out by itself, whereabouts hands it to a pod.
  return inside && spanContains({first, last}, inside)
    ? [{at: at('gateways'), message: `the gateway ${gateway} lies in the range for pods, ${rangeStart} to ${rangeEnd}`}]
    : []
}

/** The kernel takes a gateway only where it has a way to it: `network is unreachable` otherwise. */
function routeFindings({routes = [], subnets = [], addresses = []}: NetworkSpec, at: Place): readonly Finding[] {
  const near = [...subnets, ...addresses].flatMap((text) => parseCidr(text) ?? [])
  return routes.flatMap(({to, gateway}) => {
    const address = gateway === undefined ? undefined : parseAddress(gateway)
    const ofVersion = near.filter(({base}) => base.family === address?.family)
    return address === undefined || ofVersion.length === 0 || ofVersion.some((cidr) => contains(cidr, address))
      ? []
      : [
          {
            at: at('routes'),
            message: `the route to ${to} goes through ${gateway}, which is in no subnet of the network`,
          },
        ]
  })
}
