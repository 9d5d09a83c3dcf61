import {afterAll, beforeAll, expect, test} from 'vitest'
import {mustExit} from '../support/cli.ts'
import {eventually, kubectl} from '../support/cluster.ts'
import {docker, ran} from '../support/engine.ts'
import {hostOf, inPod, inside, pinged, reported, startPods} from './attached-pods.ts'
import {firstOfSlice, lanAddress, nicOf, removeNetworks, routesOf} from './network-facts.ts'
import type {Suite} from '../support/stage.ts'

const namespace = 'e2e-types'

/** Every network of the suite, as somebody would type it. */
const networks: readonly (readonly string[])[] = [
  ['macvlan', 'mv-slices', '--master', 'lan', '--ipam', 'host-local', '--mtu', '1400'],
  ['macvlan', 'mv-pool', '--master', 'wan', '--ipam', 'whereabouts', '--chain', 'tuning:mtu=1300'],
  ['macvlan', 'mv-list', '--master', 'lan', '--ipam', 'static'],
  ['macvlan', 'mv-bare', '--master', 'wan', '--ipam', 'none'],
  ['bridge', 'br', '--subnet', '10.189.0.0/24', '--mtu', '1450', '--chain', 'bandwidth:ingress=20M,egress=40M'],
  ['bridge', 'br-pool', '--ipam', 'whereabouts', '--subnet', '10.190.0.0/24', '--route', '10.191.0.0/24'],
  ['ptp', 'pp', '--chain', 'tuning:mtu=1380,net.ipv4.conf.IFNAME.arp_filter=1,promisc', '--chain', 'sbr'],
  ['tap', 'tp', '--mtu', '1200', '--cni-version', '1.0.0'],
  [
    'macvlan',
    'both',
    '--master',
    'wan',
    '--subnet',
    '10.193.0.0/24,fd00:193::/64',
    '--ipam',
    'host-local',
    '--chain',
    'sbr',
  ],
]

/** Network types on a real cluster: what is inside the pods is what was asked for, and who should reach whom does. */
export const types: Suite = (stage) => {
  const [first, second] = stage.nodes.workers
  const at = (pod: string) => ({namespace, pod})
  const add = (...words: readonly string[]) =>
    mustExit(0, stage.home, ['net', 'add', ...words, '--namespace', namespace, ...stage.at])

  beforeAll(async () => {
    await kubectl(stage.cluster, ['create', 'namespace', namespace])
    for (const network of networks) await add(...network)
    const all = ['mv-slices', 'mv-pool', 'br', 'br-pool', 'pp', 'tp', 'both'].map((name) => ({name}))
    const listed = async (host: number) => [
      {name: 'mv-list', ips: [`${await lanAddress(stage, host)}/24`]},
      {name: 'mv-bare'},
    ]
    await startPods(stage, namespace, [
      {name: 'left', node: first, networks: all},
      {name: 'right', node: second, networks: all},
      {name: 'near', node: first, networks: [{name: 'br'}, {name: 'pp'}]},
      {name: 'listed-left', node: first, networks: await listed(211)},
      {name: 'listed-right', node: second, networks: await listed(212)},
    ])
  }, 240_000)
  afterAll(() => removeNetworks(stage, namespace), 120_000)

  test('macvlan with host-local: each node hands out the first address of its slice, and two nodes reach each other', async () => {
    const [left, right] = [await inside(stage, at('left'), 'net1'), await inside(stage, at('right'), 'net1')]
    const file = `/etc/cni/multus/net.d/${namespace}-mv-slices.conf`

    expect(left).toEqual({mtu: 1400, addresses: [await firstOfSlice(first, file)]})
    expect(right).toEqual({mtu: 1400, addresses: [await firstOfSlice(second, file)]})
    expect(await pinged(stage, {...at('left'), nic: 'net1'}, hostOf(right))).toBe(3)
    expect(await pinged(stage, {...at('right'), nic: 'net1'}, hostOf(left))).toBe(3)
  })

  test('macvlan with whereabouts, tuned: MTU as said, addresses of one pool, two nodes reach each other', async () => {
    const [left, right] = [await inside(stage, at('left'), 'net2'), await inside(stage, at('right'), 'net2')]
    const said = await reported(stage, namespace, 'mv-pool')

    expect([left.mtu, right.mtu]).toEqual([1300, 1300])
    expect([hostOf(left), hostOf(right)]).toEqual([said['left'], said['right']])
    expect(hostOf(left)).not.toBe(hostOf(right))
    expect(await pinged(stage, {...at('left'), nic: 'net2'}, hostOf(right))).toBe(3)
  })

  test('bridge: exact addresses, MTU, the node as gateway, a rate on the node’s end, reach on one node', async () => {
    const [left, near] = [await inside(stage, at('left'), 'net3'), await inside(stage, at('near'), 'net1')]
    const addresses = [...left.addresses, ...near.addresses].toSorted()

    expect([left.mtu, addresses]).toEqual([1450, ['10.189.0.2/24', '10.189.0.3/24']])
    expect(await pinged(stage, {...at('left'), nic: 'net3'}, hostOf(near))).toBe(3)
    expect(await pinged(stage, {...at('left'), nic: 'net3'}, '10.189.0.1')).toBe(3)
    expect(await docker('exec', first, 'tc', 'qdisc', 'show')).toMatch(/tbf .*rate 20Mbit/)
  })

  test('bridge with whereabouts: unique over the cluster, a route through the node, no default route', async () => {
    const [left, right] = [await inside(stage, at('left'), 'net4'), await inside(stage, at('right'), 'net4')]
    const routes = await routesOf(stage, at('left'))

    expect([hostOf(left), hostOf(right)].toSorted()).toEqual(['10.190.0.2', '10.190.0.3'])
    expect(routes).toContain('10.191.0.0/24 via 10.190.0.1 dev net4')
    expect(routes.filter((route) => route.startsWith('default'))).toEqual([expect.stringContaining('dev eth0')])
  })

  test('point to point, tuned and source routed: sysctl, MTU, promiscuous, and a routing table of its own', async () => {
    const left = await inside(stage, at('left'), 'net5')
    const rules = await inPod(stage, at('left'), 'ip', 'rule')
    const table = new RegExp(`from ${hostOf(left)} lookup (\\d+)`).exec(rules)?.[1] ?? 'none'

    expect(left.mtu).toBe(1380)
    expect(await inPod(stage, at('left'), 'ip', '-d', 'link', 'show', 'dev', 'net5')).toMatch(/promiscuity [1-9]/)
    expect(await inPod(stage, at('left'), 'cat', '/proc/sys/net/ipv4/conf/net5/arp_filter')).toBe('1')
    expect(await inPod(stage, at('left'), 'ip', 'route', 'show', 'table', table)).toContain('dev net5')
    // Bound to the address: the routes of the interface are only found by it.
    const near = hostOf(await inside(stage, at('near'), 'net2'))
    expect(await pinged(stage, {...at('left'), nic: hostOf(left)}, near)).toBe(3)
  })

  test('tap: a device with its MTU and an address', async () => {
    const left = await inside(stage, at('left'), 'net6')

    expect([left.mtu, left.addresses.length]).toEqual([1200, 1])
    expect(await inPod(stage, at('left'), 'ip', '-d', 'link', 'show', 'dev', 'net6')).toContain('tun type tap')
  })

  test('both IP versions from slices: an address of each, and IPv6 reaches the other node', async () => {
    const [left, right] = [await inside(stage, at('left'), 'net7'), await inside(stage, at('right'), 'net7')]
    const ipv6 = right.addresses.find((address) => address.includes(':'))?.split('/')[0] ?? ''

    for (const {addresses} of [left, right])
      expect(addresses).toEqual([
        expect.stringMatching(/^10\.193\.0\.\d+\/24$/),
        expect.stringMatching(/^fd00:193:.*\/64$/),
      ])
    expect(left.addresses).not.toEqual(right.addresses)
    expect(await pinged(stage, {...at('left'), nic: 'net7'}, ipv6)).toBe(3)
  })

  test('static: the address that the pod asks for; none: an interface without one', async () => {
    const [left, right] = [
      await inside(stage, at('listed-left'), 'net1'),
      await inside(stage, at('listed-right'), 'net1'),
    ]

    expect(left.addresses).toEqual([`${await lanAddress(stage, 211)}/24`])
    expect(await pinged(stage, {...at('listed-left'), nic: 'net1'}, hostOf(right))).toBe(3)
    expect((await inside(stage, at('listed-left'), 'net2')).addresses).toEqual([])
  })

  test('host-device: the NIC moves into the pod, and back when the pod goes', async () => {
    const onNode = () => ran(['docker', 'exec', first, 'ip', 'link', 'show', 'e2edev'])
    const master = await nicOf(stage, first, 'wan')
    const link = ['ip', 'link', 'add', 'link', master, 'name', 'e2edev', 'type', 'macvlan', 'mode', 'bridge']
    await docker('exec', first, ...link)
    await add('host-device', 'hd', '--master', 'e2edev', '--ipam', 'static', '--address', '10.194.0.9/24')
    await startPods(stage, namespace, [{name: 'device', node: first, networks: [{name: 'hd'}]}])

    expect(await inside(stage, at('device'), 'net1')).toEqual({mtu: 1500, addresses: ['10.194.0.9/24']})
    expect((await onNode()).exitCode).not.toBe(0)
    await kubectl(stage.cluster, ['-n', namespace, 'delete', 'pod', 'device', '--wait'], 60)
    await eventually('the NIC back on its node', 20, async () => expect((await onNode()).exitCode).toBe(0))
    await docker('exec', first, 'ip', 'link', 'delete', 'e2edev')
  }, 90_000)

  test('a network is replaced only when somebody says so, and those who use it are named', async () => {
    const argv = ['net', 'add', 'macvlan', 'mv-pool', '--master', 'wan', '--mtu', '1250', '--namespace', namespace]
    const refused = await mustExit(6, stage.home, [...argv, ...stage.at])
    const dry = await mustExit(0, stage.home, [...argv, ...stage.at, '--dry-run'])

    expect(refused.stderr).toContain(`${namespace}/left`)
    expect(dry.stdout).toContain('Replace the macvlan network')
    await mustExit(0, stage.home, [...argv, ...stage.at, '--yes'])
    const config = await kubectl(stage.cluster, ['-n', namespace, 'get', 'net-attach-def', 'mv-pool', '-o', 'yaml'])
    expect(config).toContain('"mtu": 1250')
    expect((await inside(stage, at('left'), 'net2')).mtu).toBe(1300)
  }, 60_000)
}
