import {describe, expect, test} from 'vitest'
import {defaultRouteNotes, podDifferences} from '../../src/checks/pod-differences.ts'
import {readInsideJson, readInsideText} from '../../src/checks/pod-inside.ts'

/** As iproute2 6.1 prints it in a pod of Cilium 1.15.19 with a macvlan network, shortened. */
const addr = JSON.stringify([
  {
    ifname: 'lo',
    flags: ['LOOPBACK', 'UP', 'LOWER_UP'],
    mtu: 65536,
    link_type: 'loopback',
    address: '00:00:00:00:00:00',
    addr_info: [{family: 'inet', local: '127.0.0.1', prefixlen: 8, scope: 'host'}],
  },
  {
    ifname: 'net1',
    flags: ['BROADCAST', 'MULTICAST', 'UP', 'LOWER_UP'],
    mtu: 1500,
    link_type: 'ether',
    address: '02:00:5E:10:00:01',
    addr_info: [
      {family: 'inet', local: '172.30.1.230', prefixlen: 24, scope: 'global'},
      {family: 'inet6', local: 'fe80::5eff:fe10:1', prefixlen: 64, scope: 'link'},
    ],
  },
])
const routes = JSON.stringify([
  {dst: 'default', gateway: '10.244.1.219', dev: 'eth0', flags: [], metrics: [{mtu: 1450}]},
  {dst: '172.30.1.0/24', dev: 'net1', protocol: 'kernel', scope: 'link', prefsrc: '172.30.1.230', flags: []},
])

describe('what is inside a pod', () => {
  test('is read from iproute2', () => {
    expect(readInsideJson(addr, [routes, ''])?.[1]).toEqual({
      interface: 'net1',
      up: true,
      mtu: 1500,
      mac: '02:00:5e:10:00:01',
      addresses: ['172.30.1.230/24'],
      routes: ['172.30.1.0/24'],
    })
  })

  test('is read from busybox, which has no JSON', () => {
    expect(readInsideJson('ip: unrecognized option: j', [])).toBeUndefined()
    expect(
      readInsideText(
        '2: net1@if5: <UP> mtu 1500\n2: net1    inet 172.30.1.230/24 brd 172.30.1.255 scope global net1\n',
        '2: net1@if5: <BROADCAST,UP,LOWER_UP> mtu 1500 qdisc noqueue \\    link/ether 02:00:5e:10:00:01 brd ff\n',
        'default via 10.244.1.219 dev eth0 \n172.30.1.0/24 dev net1 scope link  src 172.30.1.230 \n',
      ),
    ).toEqual([
      {
        interface: 'net1',
        up: true,
        mtu: 1500,
        mac: '02:00:5e:10:00:01',
        addresses: ['172.30.1.230/24'],
        routes: ['172.30.1.0/24'],
      },
    ])
  })
})

describe('where the pod is not as reported', () => {
  const reported = {
    interface: 'net1',
    network: 'default/data',
    ips: ['172.30.1.230'],
    mac: '02:00:5E:10:00:01',
    primary: false,
  }
  const inside = {
    interface: 'net1',
    up: true,
    mtu: 1500,
    mac: '02:00:5e:10:00:01',
    addresses: ['172.30.1.230/24'],
    routes: [],
  }

  test('nothing is said where it is', () => {
    expect(podDifferences([reported], [inside])).toEqual([])
  })

  test.each<[object, string]>([
    [{addresses: ['172.30.1.9/24']}, 'network-status gives net1 172.30.1.230, and the pod has 172.30.1.9'],
    [{addresses: []}, 'network-status gives net1 172.30.1.230, and the pod has no address'],
    [
      {mac: '02:00:5e:10:00:02'},
      'network-status gives net1 the MAC address 02:00:5E:10:00:01, and the pod has 02:00:5e:10:00:02',
    ],
    [{up: false}, 'net1 is down'],
  ])('%j', (other, difference) => {
    expect(podDifferences([reported], [{...inside, ...other}])).toEqual([difference])
  })

  test('an interface too few, and one too many', () => {
    expect(podDifferences([reported], [{...inside, interface: 'net2'}])).toEqual([
      'net1 of default/data is not in the pod',
      'net2 is in the pod, and network-status does not name it',
    ])
  })

  test('a default route by another interface than the primary is noted, not held against it', () => {
    const eth0 = {...reported, interface: 'eth0', primary: true}
    const leaving = {...inside, routes: ['default via 172.30.1.1']}

    expect(defaultRouteNotes([eth0, reported], [{...inside, interface: 'eth0'}, leaving])).toEqual([
      'the default route leaves by net1, and the cluster network is eth0',
    ])
    expect(defaultRouteNotes([eth0], [{...leaving, interface: 'eth0'}])).toEqual([])
  })
})
