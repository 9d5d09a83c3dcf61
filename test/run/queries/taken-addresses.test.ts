import {expect, test} from 'vitest'
import type {TargetNetwork, TargetPod} from '../../../src/plan/facts.ts'
import {listNetworks} from '../../../src/run/queries/list-networks.ts'
import type {PoolLease} from '../../../src/run/whereabouts-leases.ts'

const node = {name: 'a', role: 'worker', nics: [], interfaces: []} as never

/** Reads of the places that grow with the cluster, while that many networks are listed. */
function readsWhileListing(count: number): {readonly pods: number; readonly leases: number} {
  const reads = {pods: 0, leases: 0}
  const pods = Array.from(
    {length: 20},
    (_, index): TargetPod => ({
      namespace: 'team',
      name: `p${index}`,
      node: 'a',
      phase: 'Running',
      ready: true,
      requested: '',
      get status() {
        reads.pods += 1
        return [{name: `team/network-${index}`, interface: 'net1', ips: [`10.${index}.0.9`]}]
      },
    }),
  )
  const leases = Array.from(
    {length: 30},
    (_, index): PoolLease => ({
      pool: 'pool',
      containerId: '',
      pod: 'team/p',
      offset: index + 1,
      get range() {
        reads.leases += 1
        return '10.1.0.0/24'
      },
    }),
  )
  const networks = Array.from(
    {length: count},
    (_, index): TargetNetwork => ({
      namespace: 'team',
      name: `network-${index}`,
      config: JSON.stringify({type: 'macvlan', ipam: {type: 'whereabouts', range: `10.${index % 200}.0.0/24`}}),
      nodeConfigs: {},
      annotations: {},
    }),
  )
  const listed = listNetworks({networks, nodes: [node], pods}, leases)
  // Network 1 has the leases of its range, and its pod's address is one of them.
  expect(listed[1]).toMatchObject({pods: ['team/p1'], addresses: {used: 30, free: 224}})
  return reads
}

test('pods and leases are read once, however many networks are listed', () => {
  expect(readsWhileListing(200)).toEqual(readsWhileListing(2))
})

test('a pod with two interfaces on one network is named once', () => {
  const status = ['net1', 'net2'].map((name, index) => ({
    name: 'team/lan',
    interface: name,
    ips: [`10.1.0.${index + 5}`],
  }))
  const pod: TargetPod = {namespace: 'team', name: 'p', node: 'a', phase: 'Running', ready: true, requested: '', status}
  const config = JSON.stringify({type: 'bridge', ipam: {type: 'host-local', subnet: '10.1.0.0/24'}})
  const network: TargetNetwork = {namespace: 'team', name: 'lan', config, nodeConfigs: {}, annotations: {}}

  expect(listNetworks({networks: [network], nodes: [node], pods: [pod]})).toMatchObject([
    {pods: ['team/p'], addresses: {used: 2, free: 251}},
  ])
})
