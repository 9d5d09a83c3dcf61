import {describe, expect, test} from 'vitest'
import {parseAddresses, parseDefaultRoutes, parseLinks} from '../../src/checks/ip-output.ts'

/** Printed by iproute2 6.1 and by busybox 1.35 for the same interfaces: a veth and a macvlan on it. */
const iproute2 = {
  addresses: `1: lo    inet 127.0.0.1/8 scope host lo\\       valid_lft forever preferred_lft forever
1: lo    inet6 ::1/128 scope host \\       valid_lft forever preferred_lft forever
3: eth0    inet 10.244.1.3/24 brd 10.244.1.255 scope global eth0\\       valid_lft forever preferred_lft forever
4: net1    inet 172.30.1.100/24 scope global net1\\       valid_lft forever preferred_lft forever
`,
  links: `1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN mode DEFAULT group default qlen 1000\\    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
2: p0@eth0: <BROADCAST,MULTICAST> mtu 1500 qdisc noop state DOWN mode DEFAULT group default qlen 1000\\    link/ether 22:73:f6:ad:54:a5 brd ff:ff:ff:ff:ff:ff
3: eth0@if5: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP mode DEFAULT group default qlen 1000\\    link/ether 0e:a9:da:99:67:15 brd ff:ff:ff:ff:ff:ff link-netnsid 0
4: net1@eth0: <NO-CARRIER,BROADCAST,MULTICAST,UP> mtu 1450 qdisc noqueue state LOWERLAYERDOWN mode DEFAULT group default qlen 1000\\    link/ether 6A:C0:CD:08:00:EC brd ff:ff:ff:ff:ff:ff
`,
}

const busybox = {
  addresses: iproute2.addresses.replace(' brd 10.244.1.255', ''),
  links: iproute2.links.replaceAll(/ state \S+ mode DEFAULT group default/g, ''),
}

/** A busybox that prints a line for each link too, as some do. */
const mixed = busybox.links.split('\n').slice(0, 3).join('\n') + '\n' + busybox.addresses

describe.each([
  ['iproute2', iproute2.addresses],
  ['busybox', busybox.addresses],
  ['busybox with link lines', mixed],
])('addresses of %s', (_, output) => {
  test('are the IPv4 addresses by interface', () => {
    expect(parseAddresses(output)).toEqual([
      {interface: 'lo', address: '127.0.0.1', prefix: 8},
      {interface: 'eth0', address: '10.244.1.3', prefix: 24},
      {interface: 'net1', address: '172.30.1.100', prefix: 24},
    ])
  })
})

describe.each([
  ['iproute2', iproute2.links],
  ['busybox', busybox.links],
])('links of %s', (_, output) => {
  test('carry name, MTU, MAC and whether they are up', () => {
    expect(parseLinks(output)).toEqual([
      {interface: 'lo', mtu: 65_536, up: true},
      {interface: 'p0', mtu: 1500, up: false, mac: '22:73:f6:ad:54:a5'},
      {interface: 'eth0', mtu: 1500, up: true, mac: '0e:a9:da:99:67:15'},
      {interface: 'net1', mtu: 1450, up: true, mac: '6a:c0:cd:08:00:ec'},
    ])
  })
})

describe('addresses', () => {
  test('of a point-to-point interface have the length of the peer', () => {
    expect(parseAddresses('5: tun0    inet 10.8.0.2 peer 10.8.0.1/32 scope global tun0')).toEqual([
      {interface: 'tun0', address: '10.8.0.2', prefix: 32},
    ])
  })

  test('are none in a text that is something else', () => {
    expect(parseAddresses('sh: ip: not found\n')).toEqual([])
    expect(parseLinks('')).toEqual([])
  })
})

describe('default routes', () => {
  test('are found in the output of either program, in order', () => {
    const output =
      'default via 10.244.1.1 dev eth0 linkdown \n10.244.1.0/24 dev eth0 scope link  src 10.244.1.3 \n0.0.0.0/0 via 172.30.1.1 dev net1 \n'

    expect(parseDefaultRoutes(output)).toEqual([
      {interface: 'eth0', gateway: '10.244.1.1'},
      {interface: 'net1', gateway: '172.30.1.1'},
    ])
  })

  test('without gateway count too', () => {
    expect(parseDefaultRoutes('default dev net1 scope link')).toEqual([{interface: 'net1'}])
  })
})
