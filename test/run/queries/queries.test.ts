import {describe, expect, test} from 'vitest'
import {Problem} from '../../../src/problem.ts'
import {clusterStatus} from '../../../src/run/queries/cluster-status.ts'
import {listClusters} from '../../../src/run/queries/list-clusters.ts'
import {listNetworks} from '../../../src/run/queries/list-networks.ts'
import {listPods} from '../../../src/run/queries/list-pods.ts'
import type {TargetNetwork, TargetPod} from '../../../src/plan/facts.ts'
import {container, engineNetwork, fakeDrivers, fakeJournal, record} from '../fakes.ts'

describe('list', () => {
  test.each([
    ['running', ['running', 'running'], 'complete', 'running'],
    ['stopped', ['exited', 'exited'], 'complete', 'stopped'],
    ['partly running', ['running', 'exited'], 'complete', 'partly running'],
    ['half made', ['running', 'running'], 'creating', 'half made'],
    ['remains', [], 'creating', 'remains'],
  ] as const)('calls a cluster %s', async (_, states, phase, state) => {
    const journal = fakeJournal()
    journal.entries.set('demo', {record, phase})
    const names = ['demo-control-plane', 'demo-worker']
    const engine = {
      containers: async () => states.map((one, index) => container(names[index] ?? '', {state: one})),
      networks: async () => [],
    }

    expect(await listClusters(fakeDrivers({journal, engine}))).toMatchObject([
      {name: 'demo', ours: true, state, kubernetes: 'v1.34.4', cni: 'cilium'},
    ])
  })

  test('tells a cluster that a run is making from one that a run has left half made', async () => {
    const journal = fakeJournal()
    journal.entries.set('demo', {record, phase: 'creating'})
    await journal.lock('demo')
    const engine = {containers: async () => [container('demo-worker')], networks: async () => []}

    expect(await listClusters(fakeDrivers({journal, engine}))).toMatchObject([
      {state: 'in work', worker: {pid: 7, host: 'here'}},
    ])
  })

  test('shows clusters that others made as theirs', async () => {
    const engine = {containers: async () => [container('demo-worker')], networks: async () => []}

    expect(await listClusters(fakeDrivers({engine}))).toEqual([
      {name: 'demo', ours: false, state: 'running', nodes: {total: 1, running: 1}, networks: []},
    ])
  })
})

describe('status', () => {
  const chosen = {cluster: 'demo', target: {kubeconfig: '/state/demo/kubeconfig'}}

  test('of a cluster that does not answer says why, problems first', async () => {
    const journal = fakeJournal()
    journal.entries.set('demo', {record, phase: 'creating'})
    const engine = {
      containers: async () => [container('demo-worker', {state: 'exited'})],
      networks: async () => [engineNetwork('bridge')],
    }
    const kubernetes = {
      list: () =>
        Promise.reject(
          new Problem('api-unreachable', {
            message: 'The API does not answer',
            cause: 'ECONNREFUSED',
            suggestions: ['docker ps'],
          }),
        ),
    }

    const status = await clusterStatus(chosen, fakeDrivers({journal, engine, kubernetes}), new AbortController().signal)

    expect(status.problems).toEqual([
      {
        what: 'It is half made: the run that made it did not end',
        fix: 'Run the same create command again, or: k8s-local delete demo',
      },
      {what: 'Nodes that do not run: demo-worker', fix: 'k8s-local repair demo'},
      {what: 'The API does not answer', cause: 'ECONNREFUSED', fix: 'docker ps'},
    ])
    expect(status.nodes).toEqual([])
  })
})

describe('net list', () => {
  const network = (config: string, nodeConfigs: Readonly<Record<string, string>> = {}): TargetNetwork => ({
    namespace: 'default',
    name: 'lan',
    config,
    nodeConfigs,
    annotations: {},
  })

  test('shows type, master, IPAM and range, and who is attached', () => {
    const config = JSON.stringify({
      cniVersion: '0.3.1',
      type: 'macvlan',
      master: 'eth1',
      mtu: 1400,
      ipam: {type: 'whereabouts', range: '172.30.0.0/24', range_start: '172.30.0.32', range_end: '172.30.0.254'},
    })

    expect(listNetworks({nodes: [], networks: [network(config)], pods: [pod]})).toEqual([
      {
        namespace: 'default',
        name: 'lan',
        types: ['macvlan'],
        master: 'eth1',
        ipam: 'whereabouts',
        mtu: 1400,
        ranges: ['172.30.0.0/24: 172.30.0.32 - 172.30.0.254'],
        pods: ['default/p'],
      },
    ])
  })

  test('shows each node’s slice once', () => {
    const slice = (from: number, to: number) =>
      JSON.stringify({
        type: 'bridge',
        bridge: 'br0',
        ipam: {type: 'host-local', subnet: '10.1.0.0/24', rangeStart: `10.1.0.${from}`, rangeEnd: `10.1.0.${to}`},
      })

    const [listed] = listNetworks({nodes: [], networks: [network('', {a: slice(1, 9), b: slice(10, 19)})], pods: []})

    expect(listed?.ranges).toEqual(['10.1.0.0/24: 10.1.0.1 - 10.1.0.9', '10.1.0.0/24: 10.1.0.10 - 10.1.0.19'])
  })

  test('says why a configuration cannot be read', () => {
    const faults = listNetworks({nodes: [], networks: [network(''), network('{')], pods: []}).map(({fault}) => fault)

    expect(faults[0]).toBe('no configuration: neither in the object nor on a node')
    expect(faults[1]).toContain('not JSON')
  })
})

describe('pod list', () => {
  test('decodes one line per interface', () => {
    expect(listPods({pods: [pod]})).toEqual([
      {
        namespace: 'default',
        pod: 'p',
        node: 'n',
        ready: true,
        interface: 'eth0',
        network: 'cilium',
        ips: ['10.0.0.1'],
        mac: 'aa',
        primary: true,
      },
      {
        namespace: 'default',
        pod: 'p',
        node: 'n',
        ready: true,
        interface: 'net1',
        network: 'default/lan',
        ips: ['172.30.0.40'],
        mac: 'bb',
        mtu: 1400,
        primary: false,
      },
    ])
  })

  test('shows a pod that asked and got nothing, and no pod that did not ask', () => {
    const asked = {...pod, status: []}

    expect(listPods({pods: [asked, {...pod, requested: ''}]})).toEqual([
      {
        namespace: 'default',
        pod: 'p',
        node: 'n',
        ready: true,
        interface: '',
        network: 'lan',
        ips: [],
        mac: '',
        primary: false,
      },
    ])
    expect(listPods({pods: [asked]}, {namespace: 'other'})).toEqual([])
  })
})

const pod: TargetPod = {
  namespace: 'default',
  name: 'p',
  node: 'n',
  phase: 'Running',
  ready: true,
  requested: 'lan',
  status: [
    {name: 'cilium', interface: 'eth0', ips: ['10.0.0.1'], mac: 'aa', default: true},
    {name: 'default/lan', interface: 'net1', ips: ['172.30.0.40'], mac: 'bb', mtu: 1400},
  ],
}
