import {describe, expect, test} from 'vitest'
import {Problem} from '../../../src/problem.ts'
import {beginCluster} from '../../../src/run/executors/begin-cluster.ts'
import {completeCluster} from '../../../src/run/executors/complete-cluster.ts'
import {connectNodes} from '../../../src/run/executors/connect-nodes.ts'
import {createEngineNetwork} from '../../../src/run/executors/create-engine-network.ts'
import {createKindCluster} from '../../../src/run/executors/create-kind-cluster.ts'
import {deleteEngineNetworks} from '../../../src/run/executors/delete-engine-networks.ts'
import {deleteKindCluster} from '../../../src/run/executors/delete-kind-cluster.ts'
import {forgetCluster} from '../../../src/run/executors/forget-cluster.ts'
import {container, engineNetwork, fakeContext, fakeFiles, fakeJournal, type FakeParts, record} from '../fakes.ts'

describe('create-kind-cluster', () => {
  const kind = {
    name: 'kind',
    type: 'program',
    version: 'v0.33.0',
    platform: 'linux/amd64',
    origin: {kind: 'path', file: '/bin/kind'},
  } as const
  const nodes = ['demo-control-plane', 'demo-worker']
  const action = {
    type: 'create-kind-cluster',
    cluster: 'demo',
    nodes,
    config: 'kind: Cluster',
    image: 'node:v1',
    kind,
  } as const

  test('runs kind with a private kubeconfig and log, tells its phases, and marks the journal', async () => {
    const {context, created, journal} = world({phase: 'creating', nodes: []})

    expect(await createKindCluster(action, context)).toEqual({already: false})
    expect(created[0]).toMatchObject({
      program: '/bin/kind',
      image: 'node:v1',
      kubeconfig: '/state/demo/kind.kubeconfig',
      logFile: '/state/demo/kind.log',
    })
    expect(context.told).toEqual(['Preparing nodes'])
    expect(journal.entries.get('demo')?.phase).toBe('created')
  })

  test('finds its work done when all nodes run and the API answers', async () => {
    const {context, created} = world({phase: 'created', nodes})

    expect(await createKindCluster(action, context)).toEqual({already: true})
    expect(created).toEqual([])
  })

  test('removes what a killed run has left, then creates', async () => {
    const {context, created, removed} = world({phase: 'creating', nodes: ['demo-control-plane']})

    expect(await createKindCluster(action, context)).toEqual({already: false})
    expect(removed).toEqual(['demo-control-plane'])
    expect(created).toHaveLength(1)
  })

  test('touches no cluster that is not ours', async () => {
    const {context, removed, created} = world({nodes})

    await expect(createKindCluster(action, context)).rejects.toMatchObject({data: {name: 'cluster-exists'}})
    expect([removed, created]).toEqual([[], []])
  })

  test('says how to start nodes that were stopped', async () => {
    const {context} = world({phase: 'complete', nodes, state: 'exited'})

    await expect(createKindCluster(action, context)).rejects.toMatchObject({
      data: {name: 'cluster-partial', suggestions: ['docker start demo-control-plane demo-worker', expect.any(String)]},
    })
  })

  test('leaves the journal at "creating" when kind fails', async () => {
    const {context, journal} = world({phase: 'creating', nodes: [], fails: new Problem('kind-failed', {message: 'no'})})

    await expect(createKindCluster(action, context)).rejects.toMatchObject({data: {name: 'kind-failed'}})
    expect(journal.entries.get('demo')?.phase).toBe('creating')
  })
})

describe('delete-kind-cluster', () => {
  const action = {type: 'delete-kind-cluster', cluster: 'demo'} as const
  const begun = {'/state/demo/kind.log': ' • Preparing nodes 📦 📦 📦  ...'}

  test('removes all containers by label, at once', async () => {
    const {context, removed} = world({phase: 'complete', nodes: ['demo-control-plane', 'demo-worker']})

    expect(await deleteKindCluster(action, context)).toEqual({already: false})
    expect(removed).toEqual(['demo-control-plane', 'demo-worker'])
    expect(context.drivers.clock.now()).toBe(0)
  })

  test('waits for containers that the engine still makes after kind was ended', async () => {
    const {context, removed, add} = world({phase: 'creating', nodes: [], files: begun})
    void context.drivers.clock.sleep(1500).then(() => add('demo-worker'))
    void context.drivers.clock.sleep(3000).then(() => add('demo-control-plane', 'demo-worker2'))

    expect(await deleteKindCluster(action, context)).toEqual({already: false})
    expect(removed).toEqual(['demo-worker', 'demo-control-plane', 'demo-worker2'])
    expect(context.drivers.clock.now()).toBeLessThan(4000)
  })

  test('waits no longer than for a while without news', async () => {
    const {context} = world({phase: 'creating', nodes: ['demo-worker'], files: begun})

    expect(await deleteKindCluster(action, context)).toEqual({already: false})
    expect(context.drivers.clock.now()).toBeLessThan(6000)
  })

  test('does not wait when kind had not begun', async () => {
    const {context} = world({phase: 'creating', nodes: [], files: {'/state/demo/kind.log': ' • Ensuring node image'}})

    expect(await deleteKindCluster(action, context)).toEqual({already: true})
    expect(context.drivers.clock.now()).toBe(0)
  })

  test('finds its work done when there is none', async () => {
    const {context} = world({nodes: []})

    expect(await deleteKindCluster(action, context)).toEqual({already: true})
  })
})

describe('the journal', () => {
  test('is begun once: a cluster that came further is not set back', async () => {
    const {context, journal} = world({phase: 'created', nodes: []})

    expect(await beginCluster({type: 'begin-cluster', cluster: 'demo', record}, context)).toEqual({already: true})
    expect(journal.entries.get('demo')?.phase).toBe('created')
  })

  test('is begun anew for a cluster that is asked for differently', async () => {
    const {context, journal} = world({phase: 'created', nodes: []})

    expect(
      await beginCluster({type: 'begin-cluster', cluster: 'demo', record: {...record, workers: 5}}, context),
    ).toEqual({already: false})
    expect(journal.entries.get('demo')).toMatchObject({phase: 'creating', record: {workers: 5}})
  })

  test('is completed once, and forgotten once', async () => {
    const {context} = world({phase: 'created', nodes: []})

    expect(await completeCluster({type: 'complete-cluster', cluster: 'demo'}, context)).toEqual({already: false})
    expect(await completeCluster({type: 'complete-cluster', cluster: 'demo'}, context)).toEqual({already: true})
    expect(await forgetCluster({type: 'forget-cluster', cluster: 'demo'}, context)).toEqual({already: false})
    expect(await forgetCluster({type: 'forget-cluster', cluster: 'demo'}, context)).toEqual({already: true})
  })
})

describe('engine networks', () => {
  const labels = {'k8s-local.dev/cluster': 'demo', 'k8s-local.dev/network': 'lan'}
  const plan = {name: 'demo-lan', subnet: '172.30.0.0/24', nodeRange: '172.30.0.0/27', labels}
  const create = {type: 'create-engine-network', cluster: 'demo', network: plan} as const

  test('are created once', async () => {
    const made: unknown[] = []
    const missing = fakeContext({
      engine: {networks: async () => [], createNetwork: async (network) => void made.push(network)},
    })
    const there = fakeContext({engine: {networks: async () => [engineNetwork('demo-lan', {labels})]}})

    expect(await createEngineNetwork(create, missing)).toEqual({already: false})
    expect(await createEngineNetwork(create, there)).toEqual({already: true})
    expect(made).toEqual([plan])
  })

  test.each([
    ['belongs to somebody else', {labels: {}}],
    ['has another subnet', {labels, subnets: ['10.0.0.0/24']}],
  ])('are not taken over when one of that name %s', async (_, changes) => {
    const context = fakeContext({engine: {networks: async () => [engineNetwork('demo-lan', changes)]}})

    await expect(createEngineNetwork(create, context)).rejects.toMatchObject({data: {name: 'engine-network-conflict'}})
  })

  test('are removed by label only', async () => {
    const removed: string[] = []
    const networks = async () => [
      engineNetwork('demo-lan', {labels}),
      engineNetwork('demo-x'),
      engineNetwork('b-lan', {labels: {'k8s-local.dev/cluster': 'b'}}),
    ]
    const context = fakeContext({engine: {networks, removeNetwork: async (name) => void removed.push(name)}})

    expect(await deleteEngineNetworks({type: 'delete-engine-networks', cluster: 'demo'}, context)).toEqual({
      already: false,
    })
    expect(removed).toEqual(['demo-lan'])
  })

  test('are connected where they are not yet', async () => {
    const connected: string[] = []
    const on = (ip: string) => ({addresses: {'demo-lan': {ip, mac: ''}}})
    const context = fakeContext({
      engine: {
        containers: async () => [container('demo-control-plane', on('172.30.0.2')), container('demo-worker')],
        connect: async (network, node, ip) => void connected.push(`${network} ${node} ${ip}`),
      },
    })
    const addresses = {'demo-control-plane': '172.30.0.2', 'demo-worker': '172.30.0.3'}

    expect(await connectNodes({type: 'connect-nodes', network: 'demo-lan', addresses}, context)).toEqual({
      already: false,
    })
    expect(connected).toEqual(['demo-lan demo-worker 172.30.0.3'])
    await expect(
      connectNodes(
        {type: 'connect-nodes', network: 'demo-lan', addresses: {'demo-control-plane': '172.30.0.9'}},
        context,
      ),
    ).rejects.toMatchObject({
      data: {name: 'engine-network-conflict', cause: 'It has 172.30.0.2, asked for: 172.30.0.9'},
    })
  })

  test('are refused when a NIC has another name than the networks will give as their master', async () => {
    const nics = [{ifname: 'eth2', mtu: 1500, addr_info: [{local: '172.30.0.2'}]}]
    const context = fakeContext({
      engine: {
        containers: async () => [
          container('demo-control-plane', {addresses: {'demo-lan': {ip: '172.30.0.2', mac: ''}}}),
        ],
        exec: async () => ({exitCode: 0, stdout: JSON.stringify(nics), stderr: ''}),
      },
    })
    const action = {
      type: 'connect-nodes',
      network: 'demo-lan',
      addresses: {'demo-control-plane': '172.30.0.2'},
    } as const

    expect(await connectNodes({...action, interface: 'eth2'}, context)).toEqual({already: true})
    await expect(connectNodes({...action, interface: 'eth1'}, context)).rejects.toMatchObject({
      data: {message: 'The NIC of node demo-control-plane on demo-lan is eth2, not eth1'},
    })
  })
})

interface World {
  readonly phase?: 'creating' | 'created' | 'complete'
  readonly nodes: readonly string[]
  readonly state?: string
  readonly fails?: Problem
  readonly files?: Readonly<Record<string, string>>
}

/** An engine with these node containers, a journal in this phase, and a kind that makes no containers. */
function world({phase, nodes, state = 'running', fails, files = {}}: World) {
  const journal = fakeJournal()
  if (phase) journal.entries.set('demo', {record, phase})
  const present = new Set(nodes)
  const removed: string[] = []
  const created: unknown[] = []
  const parts: FakeParts = {
    journal,
    files: fakeFiles(files),
    engine: {
      containers: async () => [...present].map((name) => container(name, {state})),
      removeContainers: async (names) => {
        for (const name of names) present.delete(name)
        removed.push(...names)
      },
    },
    kind: {
      create: async (options) => {
        created.push(options)
        options.onPhase('Preparing nodes')
        if (fails) throw fails
      },
    },
    kubernetes: {get: async () => 'ok'},
  }
  return {
    context: fakeContext(parts),
    journal,
    removed,
    created,
    add: (...names: readonly string[]) => names.forEach((name) => present.add(name)),
  }
}
