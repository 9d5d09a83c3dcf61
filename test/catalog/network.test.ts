import * as fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {ipams} from '../../src/catalog/ipam/index.ts'
import type {IpamOption} from '../../src/catalog/ipam/ipam-option.ts'
import {bridge, bridgeName} from '../../src/catalog/network/bridge.ts'
import {networkTypes} from '../../src/catalog/network/index.ts'
import {macvlan} from '../../src/catalog/network/macvlan.ts'
import type {NetworkOption} from '../../src/catalog/network/network-option.ts'

const range = {subnet: '172.30.0.0/24', start: '172.30.0.32', end: '172.30.0.105'}
const messages = (option: NetworkOption, options: Parameters<NetworkOption['lint']>[0]): readonly string[] =>
  option.lint(options).map(({message}) => message)

test.each([
  ...Object.entries<NetworkOption | IpamOption>(networkTypes),
  ...Object.entries<NetworkOption | IpamOption>(ipams),
])('%s is the type of its own plugin', (name, option) => {
  const config = 'spansNodes' in option ? option.toConfig({name: 'data', master: 'eth1'}) : option.toConfig(range)

  expect(config['type']).toBe(name)
  expect(option.plugins).toContain(name)
})

describe('macvlan', () => {
  test('is a bridge among its children unless another mode is asked for', () => {
    expect(macvlan.toConfig({name: 'data', master: 'eth1'})).toEqual({type: 'macvlan', master: 'eth1', mode: 'bridge'})
    expect(macvlan.toConfig({name: 'data', master: 'eth1', mode: 'vepa', mtu: 1400})).toEqual({
      type: 'macvlan',
      master: 'eth1',
      mode: 'vepa',
      mtu: 1400,
    })
  })

  test.each([
    [{name: 'data', master: 'eth1', mode: 'private', mtu: 1500}, []],
    [{name: 'data'}, ['macvlan needs a master']],
    [{name: 'data', master: 'eth1', mode: 'l2', mtu: 40}, ['an MTU of 40 is not possible', "macvlan has no mode 'l2'"]],
    [{name: 'data', master: 'eth1', mtu: 1500.5}, ['an MTU of 1500.5 is not possible']],
  ])('%o: %o', (options, expected) => {
    expect(messages(macvlan, options)).toEqual(expected)
  })
})

describe('bridge', () => {
  test('lets pods reach their node, and leaves the way out to the primary network', () => {
    expect(bridge.toConfig({name: 'lan'})).toEqual({
      type: 'bridge',
      bridge: 'br-lan',
      isGateway: true,
      isDefaultGateway: false,
      ipMasq: false,
    })
  })

  test.each([
    [{name: 'lan'}, []],
    [{name: 'lan', master: 'eth1'}, ['a bridge network has no master']],
    [{name: 'lan', mode: 'bridge', mtu: 70_000}, ['an MTU of 70000 is not possible', 'a bridge network has no modes']],
  ])('%o: %o', (options, expected) => {
    expect(messages(bridge, options)).toEqual(expected)
  })

  test('has a name that Linux accepts, whatever the network is called', () => {
    const names = fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/)

    fc.assert(
      fc.property(names, (name) => {
        expect(bridgeName(name)).toMatch(/^br-[-a-z0-9]{1,12}$/)
      }),
    )
  })

  test('keeps a name that fits, and tells long ones apart', () => {
    expect(bridgeName('twelve-chars')).toBe('br-twelve-chars')
    expect(bridgeName('customer-network-one')).toMatch(/^br-custome-[0-9a-f]{4}$/)
    expect(bridgeName('customer-network-one')).not.toBe(bridgeName('customer-network-two'))
  })
})

describe('ways of handing out addresses', () => {
  test('host-local keeps its leases where a restart of the node clears them', () => {
    expect(ipams['host-local'].toConfig(range)).toEqual({
      type: 'host-local',
      ranges: [[{subnet: '172.30.0.0/24', rangeStart: '172.30.0.32', rangeEnd: '172.30.0.105'}]],
      dataDir: '/run/cni/networks',
    })
  })

  test('whereabouts is told the same in its own words', () => {
    expect(ipams.whereabouts.toConfig({...range, gateway: '172.30.0.1'})).toEqual({
      type: 'whereabouts',
      range: '172.30.0.0/24',
      range_start: '172.30.0.32',
      range_end: '172.30.0.105',
      gateway: '172.30.0.1',
    })
  })

  test('a pod may ask for an address only where that is honoured', () => {
    expect([ipams['host-local'].capabilities, ipams.whereabouts.capabilities]).toEqual([{ips: true}, {}])
  })
})
