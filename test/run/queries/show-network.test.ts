import {describe, expect, test} from 'vitest'
import type {TargetNetwork, TargetNode, TargetPod} from '../../../src/plan/facts.ts'
import {listNetworks} from '../../../src/run/queries/list-networks.ts'
import {showNetwork} from '../../../src/run/queries/show-network.ts'
import type {PoolLease} from '../../../src/run/whereabouts-leases.ts'
import {presentNetwork} from '../../../src/terminal/present-network.ts'
import {presentNetworks} from '../../../src/terminal/present-networks.ts'
import {plainStyle} from '../../../src/terminal/style.ts'

const page = {width: 80, style: plainStyle}

const nodes: readonly TargetNode[] = ['lab-control-plane', 'lab-worker'].map((name, index) => ({
  name,
  role: index === 0 ? 'control-plane' : 'worker',
  address: `172.18.0.${index + 2}`,
  ready: true,
  resources: [],
  nics: [{network: 'data', subnet: '172.30.0.0/24', interface: 'eth1', address: `172.30.0.${index + 2}`, mtu: 1500}],
}))

function network(name: string, plugin: object, changes: Partial<TargetNetwork> = {}): TargetNetwork {
  const config = JSON.stringify({cniVersion: '1.0.0', ...plugin})
  return {namespace: 'default', name, config, nodeConfigs: {}, annotations: {}, ...changes}
}

function pod(name: string, node: string, of: string, ip: string): TargetPod {
  const status = [
    {name: 'cilium', interface: 'eth0', default: true},
    {name: `default/${of}`, interface: 'net1', ips: [ip]},
  ]
  return {namespace: 'default', name, node, phase: 'Running', ready: true, requested: of, status}
}

const storage = network('storage', {
  type: 'macvlan',
  master: 'eth1',
  ipam: {type: 'whereabouts', range: '172.30.0.0/24', range_start: '172.30.0.32', range_end: '172.30.0.41'},
})
const inside = network('inside', {
  type: 'bridge',
  bridge: 'br-inside',
  isGateway: true,
  ipam: {type: 'host-local', subnet: '10.1.0.0/29'},
})
const pods = [
  pod('left', 'lab-control-plane', 'storage', '172.30.0.32'),
  pod('right', 'lab-worker', 'storage', '172.30.0.33'),
  pod('one', 'lab-worker', 'inside', '10.1.0.2'),
  pod('two', 'lab-worker', 'inside', '10.1.0.3'),
  pod('three', 'lab-control-plane', 'inside', '10.1.0.2'),
]
const lease = (offset: number, range = '172.30.0.0/24'): PoolLease => ({
  pool: '172.30.0.0-24',
  containerId: 'c',
  pod: 'default/gone',
  offset,
  range,
})

function use(one: TargetNetwork, leases: readonly PoolLease[] = []) {
  return listNetworks({networks: [one], nodes, pods}, leases)[0]?.addresses
}

describe('addresses in use', () => {
  test('of whereabouts are those of pods and of leases, each once, within the range', () => {
    expect(use(storage)).toEqual({used: 2, free: 8})
    expect(use(storage, [lease(32), lease(40), lease(200), lease(35, '172.31.0.0/24')])).toEqual({used: 3, free: 7})
  })

  test('of host-local are counted node by node: what is free is free on the fullest', () => {
    // .2 to .6: the first address is the gateway's.
    expect(use(inside)).toEqual({used: 3, free: 3})
  })

  test('of slices are those of each node’s own', () => {
    const slice = (first: number, last: number) =>
      JSON.stringify({
        type: 'bridge',
        ipam: {
          type: 'host-local',
          ranges: [[{subnet: '10.1.0.0/24', rangeStart: `10.1.0.${first}`, rangeEnd: `10.1.0.${last}`}]],
        },
      })
    const sliced = {...inside, config: '', nodeConfigs: {'lab-control-plane': slice(2, 9), 'lab-worker': slice(10, 11)}}

    expect(use(sliced)).toEqual({used: 1, free: 2})
  })

  test.each([
    ['static', {type: 'static', addresses: [{address: '10.1.0.5/24'}]}],
    ['dhcp', {type: 'dhcp'}],
  ])('of %s nobody counts', (_, ipam) => {
    expect(use(network('x', {type: 'macvlan', master: 'eth1', ipam}))).toBeUndefined()
  })
})

describe('net show', () => {
  const facts = {networks: [storage, inside], nodes, pods}

  test('shows the object, what it means, what it sits on and who uses it', async () => {
    const shown = showNetwork({namespace: 'default', name: 'storage'}, facts, [lease(40)])

    await expect(`${presentNetwork(shown, page)}\n`).toMatchFileSnapshot('../../golden/terminal/network.txt')
  })

  test('finds the NIC of each node by its address, and says nothing of one that is not ours', () => {
    const shown = showNetwork(
      {namespace: 'default', name: 'x'},
      {...facts, networks: [network('x', {type: 'macvlan', master: 'ens9'})]},
    )

    expect(shown.masters).toEqual(nodes.map(({name}) => ({node: name, interface: 'ens9'})))
  })

  test('shows a network that cannot be read with the reason', () => {
    const broken = {...storage, config: '{"type": }'}

    const text = presentNetwork(
      showNetwork({namespace: 'default', name: 'storage'}, {...facts, networks: [broken]}),
      page,
    )

    expect(text).toContain('It cannot be read: it is not JSON')
    expect(text).toContain(`config: '{"type": }'`)
  })

  test('warns of one host-local range that all nodes of a layer 2 share', () => {
    const shared = network('x', {type: 'macvlan', master: 'eth1', ipam: {type: 'host-local', subnet: '10.1.0.0/24'}})

    const {words} = showNetwork({namespace: 'default', name: 'x'}, {...facts, networks: [shared]})

    expect(words?.addresses).toContain('on two nodes an address comes twice')
  })

  test('names the networks that there are where there is none of that name', () => {
    expect(() => showNetwork({namespace: 'default', name: 'storrage'}, facts)).toThrow(
      'There is no network default/storrage',
    )
  })
})

test('net list has used and free addresses in columns', () => {
  const text = presentNetworks(listNetworks({networks: [storage, inside], nodes, pods}))

  expect(text.split('\n').map((line) => line.split(/ {3,}/).slice(6, 8))).toEqual([
    ['USED', 'FREE'],
    ['2', '8'],
    ['3', '3'],
  ])
})

test('a network with DHCP servers of ours says who hands out its addresses, and which', () => {
  const service = {range: {subnet: '172.30.0.0/24', start: '172.30.0.64', end: '172.30.0.127'}, routes: []}
  const leased = network(
    'leased',
    {type: 'macvlan', master: 'eth1', ipam: {type: 'dhcp'}},
    {annotations: {'k8s-local.dev/dhcp-server': JSON.stringify(service)}},
  )
  const changed = {...leased, annotations: {'k8s-local.dev/dhcp-server': 'changed by hand'}}
  const shown = (one: TargetNetwork) => showNetwork(one, {networks: [one], nodes, pods: []})

  expect(shown(leased).words?.addresses).toContain('the DHCP servers default/leased-dhcp, one on each node')
  expect([shown(leased).ranges, shown(changed).ranges]).toEqual([['172.30.0.0/24: 172.30.0.64 - 172.30.0.127'], []])
})
