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
      subnets: ['172.30.0.0/24', 'fd00:30::/64'],
      rangeStarts: ['172.30.0.100'],
      rangeEnds: ['172.30.0.149'],
      gateways: ['172.30.0.1'],
      cniVersion: '1.0.0',
      description: 'what it is for',
      owner: 'the team',
      mode: 'vepa',
      mtu: '1400',
      ipam: 'host-local',
    }

    const {mode, mtu, ...common} = values
    const more = {routes: '10.9.0.0/16,fd00:9::/48=fd00:30::1', chains: ['tuning:promisc', 'sbr']}

    expect(readNetworkSpec(rawOf({...values, ...more}))).toEqual({
      ...common,
      options: {mode, mtu: Number(mtu)},
      routes: [{to: '10.9.0.0/16'}, {to: 'fd00:9::/48', gateway: 'fd00:30::1'}],
      chains: [
        {plugin: 'tuning', options: {promisc: true}},
        {plugin: 'sbr', options: {}},
      ],
    })
  })

  test('the spec cannot be changed afterwards', () => {
    expect(Object.isFrozen(readNetworkSpec(rawOf(macvlan)))).toBe(true)
  })
})

describe('what is wrong', () => {
  const subnet = {subnets: '172.30.0.0/24'}

  test.each<[Readonly<Record<string, unknown>>, readonly string[]]>([
    [{}, ['type: a network needs a type', 'name: a network needs a name']],
    [
      {type: 'macvln', name: 'data'},
      [
        "--type: 'macvln' is not one of macvlan, bridge, ipvlan, vlan, ptp, host-device, tap, dummy, sriov (did you mean macvlan?)",
      ],
    ],
    [
      {...macvlan, name: 'data.1'},
      [
        "--name: 'data.1' is not a name for a network: use lower-case letters, digits and dashes, starting and ending with a letter or digit",
      ],
    ],
    [{...macvlan, mode: 'l2'}, ["--mode: 'l2' is not one of bridge, private, vepa, passthru"]],
    [{...macvlan, mtu: 40}, ['--mtu: 40 is not a whole number from 68 to 65535']],
    [
      {type: 'bridge', name: 'data', master: 'eth1'},
      ['--master: a bridge network has no master; these have: macvlan, ipvlan, vlan, host-device'],
    ],
    [
      {type: 'bridge', name: 'data', mode: 'bridge'},
      ['--mode: a bridge network has no mode; these have: macvlan, ipvlan'],
    ],
    [
      {...macvlan, master: 'a-name-that-is-too-long'},
      [
        "--master: 'a-name-that-is-too-long' is not an interface name: at most 15 characters, without spaces, '/', ':' and '@'",
      ],
    ],
    [{...macvlan, subnets: '172.30.0.0/31'}, ['--subnets: 172.30.0.0/31 has too few addresses: up to /30 is possible']],
    [{...macvlan, rangeStarts: 'ten'}, ["--rangeStarts: 'ten' is not an address such as 172.30.5.40"]],
    [
      {...macvlan, ...subnet, rangeStarts: '172.30.1.5'},
      ['--rangeStarts: the range starts at 172.30.1.5, which is not in 172.30.0.0/24'],
    ],
    [
      {...macvlan, ...subnet, rangeEnds: '172.30.0.255'},
      ['--rangeEnds: the range ends at 172.30.0.255, which no interface can have in 172.30.0.0/24'],
    ],
    [
      {...macvlan, ...subnet, gateways: '10.0.0.1'},
      ['--gateways: the gateway is 10.0.0.1, which is not in 172.30.0.0/24'],
    ],
    [
      {...macvlan, rangeStarts: '172.30.0.9', rangeEnds: '172.30.0.8'},
      ['--rangeEnds: the range ends at 172.30.0.8, before it starts at 172.30.0.9'],
    ],
    [
      {...macvlan, ...subnet, rangeStarts: '172.30.0.1', rangeEnds: '172.30.0.9', gateways: '172.30.0.1'},
      ['--gateways: the gateway 172.30.0.1 lies in the range for pods, 172.30.0.1 to 172.30.0.9'],
    ],
    [{type: 'vlan', name: 'data'}, ['--vlan: a vlan network needs it: VLAN id']],
    [
      {type: 'host-device', name: 'data'},
      ['--master: host-device takes a NIC away from the nodes, so it has to be named'],
    ],
    [
      {...macvlan, ...subnet, ipam: 'none', routes: '10.9.0.0/16'},
      ['--subnets: --ipam none does not use it', '--routes: --ipam none does not use it'],
    ],
    [
      {...macvlan, subnets: '172.30.0.0/24,172.31.0.0/24'},
      ['--subnets: there are two for IPv4: a network has one of each'],
    ],
    [
      {...macvlan, subnets: '172.30.0.7/24'},
      ["--subnets: '172.30.0.7/24' has bits set behind its prefix (did you mean 172.30.0.0/24?)"],
    ],
    [
      {...macvlan, ...subnet, routes: '10.9.0.0/16=10.1.1.1'},
      ['--routes: the route to 10.9.0.0/16 goes through 10.1.1.1, which is in no subnet of the network'],
    ],
    [
      {...macvlan, routes: '10.9.0.0/16=fd00::1'},
      ["--routes: '10.9.0.0/16=fd00::1' has a gateway of the other IP version"],
    ],
    [
      {...macvlan, ipam: 'static', addresses: '10.5.0.9'},
      ["--addresses: '10.5.0.9' is not an address with its prefix such as 172.30.5.40/24"],
    ],
    [
      {...macvlan, chains: ['tuning:mtu=4,colour=red', 'vrf', 'tunin']},
      [
        "--chains: mtu of tuning: '4' is not a whole number from 68 to 65535; tuning has no colour: it has net.…, mac, mtu, promisc; vrf needs name: name of the VRF in the pod; 'tunin' names no plugin: use one of tuning, sbr, bandwidth, vrf, portmap, firewall (did you mean tuning?)",
      ],
    ],
    [
      {...macvlan, chains: 'bandwidth:ingress=1M,sbr,sbr'},
      [
        '--chains: bandwidth does not work here: macvlan gives the node no end of the interface to shape',
        '--chains: sbr is there twice',
      ],
    ],
    [{type: 'ptp', name: 'data', chains: 'bandwidth'}, ['--chain: bandwidth needs a rate']],
    [
      {type: 'sriov', name: 'data', resource: 'sriov'},
      ["--resource: 'sriov' is not a resource such as intel.com/sriov"],
    ],
  ])('case %#: %o', (values, expected) => {
    expect(findingsOf(() => readNetworkSpec(rawOf(values)))).toEqual(expected)
  })

  test('all of it at once', () => {
    const values = {...macvlan, ...subnet, mode: 'l2', rangeStarts: '10.0.0.1', gateways: '10.0.0.2', owner: ''}

    expect(findingsOf(() => readNetworkSpec(rawOf(values)))).toHaveLength(4)
  })
})

describe('a chained plugin', () => {
  const read = (raw: unknown): unknown => readNetworkSpec(rawOf({type: 'ptp', name: 'data', chains: raw})).chains

  test('keeps settings of the kernel together, and takes a key alone for yes', () => {
    expect(read('tuning:net.core.somaxconn=5,promisc,net.ipv4.ip_forward=0')).toEqual([
      {plugin: 'tuning', options: {sysctl: {'net.core.somaxconn': '5', 'net.ipv4.ip_forward': '0'}, promisc: true}},
    ])
  })

  test('is the same from several flags, from one variable, and from a file', () => {
    const file = [
      {plugin: 'tuning', options: {sysctl: {'net.core.somaxconn': '5'}, mtu: 1400}},
      {plugin: 'bandwidth', options: {ingress: '10M'}},
    ]

    expect(read(file)).toEqual(read(['tuning:net.core.somaxconn=5,mtu=1400', 'bandwidth:ingress=10M']))
    expect(read(file)).toEqual(read('tuning:net.core.somaxconn=5,mtu=1400,bandwidth:ingress=10M'))
  })

  test.each([
    ['64k', 64_000],
    ['2.5G', 2_500_000_000],
    ['1000', 1000],
  ])('counts %s as %d bits in a second', (text, bits) => {
    expect(read(`bandwidth:egress=${text}`)).toEqual([{plugin: 'bandwidth', options: {egress: bits}}])
  })

  test.each(['02:00:5e:00:00', '03:00:5e:00:00:01', 'none'])('has no MAC address %s', (mac) => {
    expect(findingsOf(() => read(`tuning:mac=${mac}`))).toHaveLength(1)
  })
})
