import * as fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {bandwidth} from '../../src/catalog/chain/bandwidth.ts'
import {ipams} from '../../src/catalog/ipam/index.ts'
import type {IpamOption} from '../../src/catalog/ipam/ipam-option.ts'
import {bridgeName} from '../../src/catalog/network/bridge-name.ts'
import {bridge} from '../../src/catalog/network/bridge.ts'
import {networkTypes} from '../../src/catalog/network/index.ts'
import type {NetworkOption} from '../../src/catalog/network/network-option.ts'

const range = {subnet: '172.30.0.0/24', start: '172.30.0.32', end: '172.30.0.105'}
const nothing = {ranges: [], routes: [], addresses: [], gateways: []}

test.each(Object.entries<NetworkOption>(networkTypes))('%s is the type of its own plugin', (name, option) => {
  const config = option.toConfig({name: 'data', master: 'eth1', options: {}, hasAddresses: true})

  expect([config['type'], option.plugins]).toEqual([name, [name]])
})

test.each(Object.entries<IpamOption>(ipams))('%s is the type of its own plugin, where it has one', (name, option) => {
  const config = option.toConfig({...nothing, ranges: [range]})

  expect(config?.['type'] ?? 'none').toBe(name)
  expect(option.plugins).toEqual(config === undefined ? [] : [name])
})

test('a reason why an IPAM does not go with a type names an IPAM that there is', () => {
  const named = Object.values<NetworkOption>(networkTypes).flatMap(({unfitIpams}) => Object.keys(unfitIpams))

  expect(named.filter((name) => !(name in ipams))).toEqual([])
})

describe('bridge', () => {
  const network = {name: 'lan', options: {}, hasAddresses: true}

  test('lets pods reach their node, and leaves the way out to the primary network', () => {
    expect(bridge.toConfig(network)).toEqual({
      type: 'bridge',
      bridge: 'br-lan',
      isGateway: true,
      isDefaultGateway: false,
      ipMasq: false,
    })
  })

  test('gives the node no address where there are none', () => {
    expect(bridge.toConfig({...network, hasAddresses: false}).isGateway).toBe(false)
    expect(bridge.toConfig({...network, options: {nodeGateway: false}}).isGateway).toBe(false)
  })

  test('cannot masquerade without one', () => {
    expect(bridge.lint({...network, options: {masquerade: true, nodeGateway: false}})).toHaveLength(1)
    expect(bridge.lint({...network, options: {masquerade: true}})).toEqual([])
  })

  test.each([15, 10])('has a name of at most %d characters, whatever the network is called', (longest) => {
    const names = fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/)

    fc.assert(
      fc.property(names, (name) => {
        expect(bridgeName(name, longest)).toMatch(/^br-[-a-z0-9]+$/)
        expect(bridgeName(name, longest).length).toBeLessThanOrEqual(longest)
      }),
    )
  })

  test('leaves room for the id of a VLAN behind its name', () => {
    const {bridge: name} = bridge.toConfig({...network, name: 'customer-network', options: {vlan: 4094}})

    expect(`${name}.4094`.length).toBeLessThanOrEqual(15)
  })

  test('keeps a name that fits, and tells long ones apart', () => {
    expect(bridgeName('twelve-chars')).toBe('br-twelve-chars')
    expect(bridgeName('customer-network-one')).toMatch(/^br-custome-[0-9a-f]{4}$/)
    expect(bridgeName('customer-network-one')).not.toBe(bridgeName('customer-network-two'))
  })
})

describe('ways of handing out addresses', () => {
  test('host-local keeps its leases where a restart of the node clears them', () => {
    expect(ipams['host-local'].toConfig({...nothing, ranges: [range]})).toEqual({
      type: 'host-local',
      ranges: [[{subnet: '172.30.0.0/24', rangeStart: '172.30.0.32', rangeEnd: '172.30.0.105'}]],
      dataDir: '/run/cni/networks',
    })
  })

  test('whereabouts is told the same in its own words', () => {
    expect(ipams.whereabouts.toConfig({...nothing, ranges: [range], gateways: ['172.30.0.1']})).toEqual({
      type: 'whereabouts',
      range: '172.30.0.0/24',
      range_start: '172.30.0.32',
      range_end: '172.30.0.105',
      gateway: '172.30.0.1',
    })
  })

  test('a pod may ask for an address only where that is honoured', () => {
    const takes = Object.entries<IpamOption>(ipams).filter(([, {capabilities}]) => capabilities['ips'])

    expect(takes.map(([name]) => name)).toEqual(['host-local', 'static'])
  })
})

test('a rate comes with a burst that the kernel can count, whatever the rate', () => {
  fc.assert(
    fc.property(fc.integer({min: 1, max: 10 ** 12}), (rate) => {
      const ingressBurst = Number(bandwidth.toConfig({ingress: rate})['ingressBurst'])

      expect(ingressBurst).toBeGreaterThanOrEqual(120_000)
      expect(ingressBurst / 8).toBeLessThan(2 ** 32)
    }),
  )
})
