import {describe, expect, test} from 'vitest'
import {readNetworkSpec} from '../../src/spec/read-network-spec.ts'
import {findingsOf, rawOf} from './raw.ts'

const macvlan = {type: 'macvlan', name: 'data'}

describe('what is asked for', () => {
  test('type and name are enough: the rest is chosen to fit the cluster', () => {
    expect(readNetworkSpec(rawOf(macvlan))).toEqual({type: 'macvlan', name: 'data', namespace: 'default'})
  })

  test('everything can be said', () => {
    const values = {
      ...macvlan,
      namespace: 'team',
      master: 'eth1',
      subnet: '172.30.0.0/24',
      rangeStart: '172.30.0.100',
      rangeEnd: '172.30.0.149',
      gateway: '172.30.0.1',
      mode: 'vepa',
      mtu: '1400',
      ipam: 'host-local',
    }

    expect(readNetworkSpec(rawOf(values))).toEqual({...values, mtu: 1400})
  })

  test('the spec cannot be changed afterwards', () => {
    expect(Object.isFrozen(readNetworkSpec(rawOf(macvlan)))).toBe(true)
  })
})

describe('what is wrong', () => {
  const subnet = {subnet: '172.30.0.0/24'}

  test.each<[Readonly<Record<string, unknown>>, readonly string[]]>([
    [{}, ['type: a network needs a type', 'name: a network needs a name']],
    [{type: 'macvln', name: 'data'}, ["--type: 'macvln' is not one of macvlan, bridge (did you mean macvlan?)"]],
    [
      {...macvlan, name: 'data.1'},
      [
        "--name: 'data.1' is not a name for a network: use lower-case letters, digits and dashes, starting and ending with a letter or digit",
      ],
    ],
    [{...macvlan, mode: 'l2'}, ["--mode: macvlan has no mode 'l2'"]],
    [{...macvlan, mtu: 40}, ['--mtu: 40 is not a whole number from 68 to 65535']],
    [{type: 'bridge', name: 'data', master: 'eth1'}, ['--master: a bridge network has no master']],
    [{type: 'bridge', name: 'data', mode: 'bridge'}, ['--mode: a bridge network has no modes']],
    [
      {...macvlan, master: 'a-name-that-is-too-long'},
      [
        "--master: 'a-name-that-is-too-long' is not an interface name: at most 15 characters, without spaces, '/', ':' and '@'",
      ],
    ],
    [{...macvlan, subnet: '172.30.0.0/31'}, ['--subnet: 172.30.0.0/31 has too few addresses: up to /30 is possible']],
    [{...macvlan, rangeStart: 'ten'}, ["--rangeStart: 'ten' is not an address such as 172.30.5.40"]],
    [
      {...macvlan, ...subnet, rangeStart: '172.30.1.5'},
      ['--rangeStart: the range starts at 172.30.1.5, which is not in 172.30.0.0/24'],
    ],
    [
      {...macvlan, ...subnet, rangeEnd: '172.30.0.255'},
      ['--rangeEnd: the range ends at 172.30.0.255, which no interface can have in 172.30.0.0/24'],
    ],
    [
      {...macvlan, ...subnet, gateway: '10.0.0.1'},
      ['--gateway: the gateway is 10.0.0.1, which is not in 172.30.0.0/24'],
    ],
    [
      {...macvlan, rangeStart: '172.30.0.9', rangeEnd: '172.30.0.8'},
      ['--rangeEnd: the range ends at 172.30.0.8, before it starts at 172.30.0.9'],
    ],
    [
      {...macvlan, ...subnet, rangeStart: '172.30.0.1', rangeEnd: '172.30.0.9', gateway: '172.30.0.1'},
      ['--gateway: the gateway 172.30.0.1 lies in the range for pods, 172.30.0.1 to 172.30.0.9'],
    ],
  ])('case %#: %o', (values, expected) => {
    expect(findingsOf(() => readNetworkSpec(rawOf(values)))).toEqual(expected)
  })

  test('all of it at once', () => {
    const values = {...macvlan, ...subnet, mode: 'l2', rangeStart: '10.0.0.1', gateway: '10.0.0.2', ipam: 'dhcp'}

    expect(findingsOf(() => readNetworkSpec(rawOf(values)))).toHaveLength(4)
  })
})
