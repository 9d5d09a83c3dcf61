import * as fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {type ChainName, chainPlugins} from '../../src/catalog/chain/index.ts'
import type {ChainOption} from '../../src/catalog/chain/chain-option.ts'
import {type IpamName, ipams} from '../../src/catalog/ipam/index.ts'
import {type NetworkType, networkTypes} from '../../src/catalog/network/index.ts'
import type {NetworkOption} from '../../src/catalog/network/network-option.ts'
import {siteOfTarget} from '../../src/plan/network-site.ts'
import {resolveNetwork} from '../../src/plan/resolve-network.ts'
import type {ResolvedNetwork} from '../../src/plan/resolved-network.ts'
import {Problem} from '../../src/problem.ts'
import {type AddressSpan, spanContains, spansOverlap} from '../../src/spec/address.ts'
import {contains, parseAddress, parseCidr} from '../../src/spec/cidr.ts'
import type {NetworkSpec} from '../../src/spec/network-spec.ts'
import {readNetworkSpec} from '../../src/spec/read-network-spec.ts'
import {toYaml} from '../../src/to-yaml.ts'
import {rawOf} from '../spec/raw.ts'
import {givenTarget} from './given-target.ts'

const {resources: _, ...site} = siteOfTarget(givenTarget())
const types = Object.entries<NetworkOption>(networkTypes) as [NetworkType, NetworkOption][]
const ipamNames = Object.keys(ipams) as readonly IpamName[]

/** What a type cannot do without. */
const least: Partial<Record<NetworkType, Readonly<Record<string, unknown>>>> = {
  vlan: {vlan: 100},
  'host-device': {master: 'data'},
  sriov: {resource: 'intel.com/sriov'},
}

function resolve(type: NetworkType, more: Readonly<Record<string, unknown>> = {}): ResolvedNetwork {
  const raw = {type, name: 'blue', namespace: 'team', ...least[type], ...more}
  return resolveNetwork(readNetworkSpec(rawOf(raw)), site)
}

function shown(network: ResolvedNetwork): string {
  const files = Object.entries(network.nodeFiles?.files ?? {}).map(
    ([node, text]) => `# ${node}: ${network.nodeFiles?.path}\n${text.replaceAll(/^/gm, '# ').replaceAll(/^# $/gm, '')}`,
  )
  return [toYaml(network.object), ...files].join('')
}

describe.each(types)('%s', (type, {unfitIpams}) => {
  const fitting = ipamNames.filter((ipam) => unfitIpams[ipam] === undefined)

  test('with every IPAM that goes with it is as its golden says', async () => {
    const texts = fitting.map((ipam) => `# --ipam ${ipam}\n${shown(resolve(type, {ipam}))}`)

    await expect(texts.join('---\n')).toMatchFileSnapshot(`../golden/networks/${type}.yaml`)
  })

  test('refuses the others, each with the reason', () => {
    for (const ipam of ipamNames.filter((one) => !fitting.includes(one)))
      expect(() => resolve(type, {ipam})).toThrow(`${ipam} does not go with ${type}: ${unfitIpams[ipam]}`)
  })

  test('names no plugin twice, and every plugin that its configuration names', () => {
    for (const ipam of fitting) {
      const {plugins} = resolve(type, {ipam, chains: ['tuning:mtu=1400', 'sbr']})

      expect(plugins).toEqual([...new Set([type, ...ipams[ipam].plugins, 'tuning', 'sbr'])])
    }
  })
})

test('chained plugins, routes, both IP versions and all that is said in passing are as their golden says', async () => {
  const chains = [
    'tuning:net.ipv4.conf.IFNAME.arp_filter=1,net.ipv4.conf.IFNAME.rp_filter=2,mac=02:00:5e:00:00:01,mtu=1400,promisc',
    'sbr:table=120',
    'bandwidth:ingress=100M,egress=2.5G',
    'vrf:name=blue,table=30',
    'portmap:snat=false',
    'firewall:policy=same-bridge',
  ]
  const both = {subnets: ['10.20.0.0/24', 'fd00:20::/64'], routes: ['10.9.0.0/16', 'fd00:9::/48=fd00:20::9']}
  const passing = {cniVersion: '1.0.0', description: 'what it is for', owner: 'the team'}
  const texts = [
    shown(resolve('bridge', {chains, ...both, rangeEnds: 'fd00:20::8', ...passing})),
    shown(resolve('macvlan', {chains: ['tuning'], ipam: 'host-local', cniVersion: '0.4.0'})),
    shown(resolve('macvlan', {...both, gateways: '10.20.0.1', rangeEnds: 'fd00:20::8', ipam: 'whereabouts'})),
    shown(
      resolve('macvlan', {
        ipam: 'static',
        addresses: ['10.5.0.9/24', 'fd00:5::9/64'],
        gateways: ['10.5.0.1', 'fd00:5::1'],
      }),
    ),
  ]

  await expect(texts.join('---\n')).toMatchFileSnapshot('../golden/networks/chains-and-routes.yaml')
})

test.each(Object.entries<ChainOption>(chainPlugins) as [ChainName, ChainOption][])(
  '%s is the type of its own plugin',
  (name, option) => {
    expect([option.toConfig({})['type'], option.plugins]).toEqual([name, [name]])
  },
)

/** A subnet, and a part of it that is large enough for three nodes. */
const ranges = fc
  .record({isIpv6: fc.boolean(), first: fc.integer({min: 0, max: 200}), size: fc.integer({min: 3, max: 50})})
  .map(({isIpv6, first, size}) => {
    const [subnet, prefix] = isIpv6 ? ['fd00:40::/64', 'fd00:40::'] : ['10.40.0.0/24', '10.40.0.']
    const text = (place: number): string => `${prefix}${isIpv6 ? place.toString(16) : place}`
    return {subnet: subnet ?? '', start: text(first + 1), end: text(Math.min(first + size, 254))}
  })

function spansOf(network: ResolvedNetwork): readonly AddressSpan[] {
  return Object.values(network.slices)
    .flat()
    .flatMap(({start, end}) => {
      const [first, last] = [parseAddress(start), parseAddress(end)]
      return first && last ? [{first, last}] : []
    })
}

test('slices fill the range without overlap, in either IP version, whatever the range', () => {
  fc.assert(
    fc.property(ranges, ({subnet, start, end}) => {
      const spec: NetworkSpec = {
        type: 'macvlan',
        name: 'blue',
        namespace: 'team',
        ipam: 'host-local',
        subnets: [subnet],
        rangeStarts: [start],
        rangeEnds: [end],
      }
      const network = resolveNetwork(spec, site)
      const spans = spansOf(network)
      const cidr = parseCidr(subnet)

      expect(spans).toHaveLength(3)
      expect(spans[0]?.first).toEqual(parseAddress(start))
      expect(spans.at(-1)?.last).toEqual(parseAddress(end))
      spans.slice(1).forEach((span, index) => expect(span.first.value).toBe((spans[index]?.last.value ?? 0n) + 1n))
      expect(spans.every((span, index) => spans.slice(index + 1).every((other) => !spansOverlap(span, other)))).toBe(
        true,
      )
      expect(spans.every(({first, last}) => cidr && contains(cidr, first) && contains(cidr, last))).toBe(true)
    }),
  )
})

test('no gateway, of the network or of a route, is ever handed out', () => {
  fc.assert(
    fc.property(fc.integer({min: 1, max: 254}), fc.constantFrom('ptp' as const, 'macvlan' as const), (place, type) => {
      const router = `10.50.0.${place}`
      const address = parseAddress(router)
      const handedOut = handedOutBy({
        type,
        name: 'blue',
        namespace: 'team',
        subnets: ['10.50.0.0/24'],
        routes: [{to: '10.9.0.0/16', gateway: router}],
      })

      expect(handedOut.filter((span) => address && spanContains(span, address))).toEqual([])
    }),
  )
})

/** Nothing where the plan refuses: a gateway amid the only range. */
function handedOutBy(spec: NetworkSpec): readonly AddressSpan[] {
  try {
    return resolveNetwork(spec, site).ranges.flatMap(({start, end}) => {
      const [first, last] = [parseAddress(start), parseAddress(end)]
      return first && last ? [{first, last}] : []
    })
  } catch (error) {
    if (error instanceof Problem && error.data.name === 'invalid-input') return []
    throw error
  }
}
