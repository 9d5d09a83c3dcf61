import {readFileSync} from 'node:fs'
import {describe, expect, test} from 'vitest'
import {chooseTarget} from '../../src/run/choose-target.ts'
import {observe} from '../../src/run/observe.ts'
import {observeTarget} from '../../src/run/observe-target.ts'
import {readInterfaces} from '../../src/run/node-interfaces.ts'
import type {KubernetesObject} from '../../src/steps/object.ts'
import {container, engineNetwork, fakeDrivers, fakeExec, fakeFiles, fakeJournal, record} from './fakes.ts'

const lock = readFileSync(new URL('../../manifests/lock.yaml', import.meta.url), 'utf8')
const crd =
  'apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n---\napiVersion: v1\nkind: Namespace\nmetadata: {name: b}\n'
const labels = {'k8s-local.dev/cluster': 'demo', 'k8s-local.dev/network': 'lan'}
const warmImage = {id: 'sha256:warm', references: ['k8s-local/warm-node:v1-ab'], labels: {a: 'b'}}
const onKind = (ip: string) => ({addresses: {kind: {ip, mac: ''}}})

describe('observe', () => {
  test('tells the engine, manifests, artifacts, kubeconfig and clusters', async () => {
    const facts = await observe(machine(), {kubeconfig: '/mine'})

    expect(facts.engine).toMatchObject({name: 'docker', platform: 'linux/amd64'})
    expect(facts.manifests['multus/crd.yaml']).toHaveLength(2)
    expect(Object.keys(facts.manifests)).toEqual(['multus/crd.yaml'])
    expect(facts.artifacts.some(({name}) => name === 'cilium')).toBe(true)
    expect(facts.kubeconfig).toEqual({file: '/mine', writable: true})
    expect(facts.diskFree).toBe(7)
    expect(facts.warmImages).toEqual([{...warmImage, size: 1.9e9}])
  })

  test('finds every cluster that something is left of', async () => {
    const {clusters} = await observe(machine())

    expect(
      clusters.map(({name, nodes, networks, journal}) => [name, nodes.length, networks.length, journal?.phase]),
    ).toEqual([
      ['demo', 2, 1, 'complete'],
      ['gone', 0, 1, undefined],
      ['other', 1, 0, undefined],
      ['written', 0, 0, 'complete'],
    ])
    expect(clusters[0]?.nodes[0]).toEqual({
      name: 'demo-control-plane',
      role: 'control-plane',
      state: 'running',
      address: '172.18.0.2',
    })
    expect(clusters[0]?.networks).toEqual([{name: 'lan', subnet: '172.30.0.0/24'}])
  })
})

describe('chooseTarget', () => {
  test('reaches a cluster of ours by its private kubeconfig', async () => {
    expect(await chooseTarget({cluster: 'demo'}, machine())).toEqual({
      cluster: 'demo',
      target: {kubeconfig: '/state/demo/kubeconfig'},
    })
  })

  test('reaches any other kind cluster by the user’s kubeconfig', async () => {
    expect(await chooseTarget({cluster: 'other'}, machine())).toEqual({
      cluster: 'other',
      target: {kubeconfig: '/home/kubeconfig', context: 'kind-other'},
    })
  })

  test('takes a context as it is', async () => {
    expect(await chooseTarget({context: 'prod', kubeconfig: '/mine'}, fakeDrivers({files: fakeFiles({})}))).toEqual({
      cluster: 'prod',
      target: {kubeconfig: '/mine', context: 'prod'},
    })
  })

  test('without a name takes the only one of ours, whatever else kind has made here', async () => {
    expect(await chooseTarget({}, machine())).toEqual({
      cluster: 'demo',
      target: {kubeconfig: '/state/demo/kubeconfig'},
    })
  })

  test('without any of ours asks which one when there are several', async () => {
    await expect(chooseTarget({}, machine({ours: []}))).rejects.toMatchObject({
      data: {name: 'cluster-ambiguous', cause: 'demo, other'},
    })
  })

  test('asks which one when there are several of ours, and names those', async () => {
    await expect(chooseTarget({}, machine({ours: ['demo', 'other']}))).rejects.toMatchObject({
      data: {name: 'cluster-ambiguous', cause: 'demo, other'},
    })
  })

  test('names all that there are where the one named is not among them', async () => {
    await expect(chooseTarget({cluster: 'dem'}, machine())).rejects.toMatchObject({
      data: {name: 'cluster-not-found', cause: 'There are: demo, other'},
    })
  })
})

describe('observeTarget', () => {
  test('finds NICs by address, whatever they are called', async () => {
    const {nodes} = await observeTarget(machine(), demo)

    expect(nodes.map(({name, role, address, ready}) => [name, role, address, ready])).toEqual([
      ['demo-control-plane', 'control-plane', '172.18.0.2', true],
      ['demo-worker', 'worker', '172.18.0.3', false],
    ])
    expect(nodes[1]?.nics).toEqual([
      {network: 'lan', subnet: '172.30.0.0/24', interface: 'eth7', address: '172.30.0.3', mtu: 1400},
    ])
  })

  test('reads networks, also those whose configuration lies on the nodes', async () => {
    const {networks} = await observeTarget(machine(), demo)

    expect(networks.map(({name, config}) => [name, config])).toEqual([
      ['inline', '{"type":"macvlan"}'],
      ['sliced', ''],
    ])
    expect(networks[1]?.nodeConfigs).toEqual({
      'demo-control-plane': '{"name":"sliced"}',
      'demo-worker': '{"name":"sliced"}',
    })
  })

  test('knows plugins that all nodes have, and the record', async () => {
    const facts = await observeTarget(machine(), demo)

    expect(facts.plugins).toEqual(['macvlan', 'ptp'])
    expect(facts.record).toEqual(record)
    expect(facts.runId).toMatch(/^[0-9a-f]{6}$/)
    expect(facts.pods[0]).toMatchObject({
      name: 'p',
      node: 'demo-worker',
      requested: 'inline',
      status: [{name: 'default/inline', interface: 'net1'}],
    })
  })

  test('needs nothing from outside for images that all nodes hold', async () => {
    const {artifacts} = await observeTarget(machine(), demo)
    const of = (name: string) => artifacts.find((artifact) => artifact.name === name)

    expect(of('probe')).toMatchObject({reference: 'k8s-local/probe:v1', origin: {kind: 'engine'}})
    expect(of('whereabouts')?.origin).toEqual({kind: 'engine'})
    expect(of('cilium')?.origin.kind).toBe('online')
  })

  test('describes a cluster that nobody has recorded by what runs in it', async () => {
    const drivers = machine({recorded: false})

    const facts = await observeTarget({...drivers, journal: fakeJournal()}, demo)

    expect(facts.record).toEqual({
      name: 'demo',
      kubernetes: 'v1.34.4',
      controlPlanes: 1,
      workers: 1,
      cni: 'calico',
      cniVersion: '3.32.1',
      multus: 'thick',
      podSubnet: '10.244.0.0/16',
      serviceSubnet: '10.96.0.0/16',
      networks: [{name: 'lan', subnet: '172.30.0.0/24'}],
    })
  })
})

describe('a context that somebody named', () => {
  const named = {cluster: 'prod', target: {kubeconfig: '/mine', context: 'prod'}}

  test('has its nodes here where a container’s machine id is that of the node', async () => {
    const facts = await observeTarget(machine(), named)

    expect(facts).toMatchObject({nodesHere: true, plugins: ['macvlan', 'ptp']})
    expect(facts.nodes.map(({nics}) => nics.length)).toEqual([1, 1])
  })

  test('leads elsewhere where only the names are the same: nothing is taken from this machine’s containers or journal', async () => {
    const drivers = machine({recorded: false, machineId: 'another'})
    const facts = await observeTarget(drivers, {...demo, target: named.target})

    expect(facts).toMatchObject({nodesHere: false, plugins: [], refusedLinks: {}, record: {cni: 'calico'}})
    expect(facts.nodes.flatMap(({nics}) => nics)).toEqual([])
  })

  test('takes images that all kubelets report for held', async () => {
    const {artifacts} = await observeTarget(machine({machineId: 'another'}), named)

    expect(artifacts.find(({name}) => name === 'probe')).toMatchObject({origin: {kind: 'engine'}})
  })
})

describe('readInterfaces', () => {
  test('takes anything that is no answer of ip for no interfaces', () => {
    expect(readInterfaces('ip: not found')).toEqual([])
  })
})

const demo = {cluster: 'demo', target: {kubeconfig: '/state/demo/kubeconfig'}}

/** A machine with a cluster of ours, one of somebody else, and remains of two more; the API answers for ours. */
function machine({
  recorded = true,
  ours = ['demo'],
  machineId = 'demo-worker',
}: {
  recorded?: boolean
  ours?: readonly string[]
  machineId?: string
} = {}) {
  const journal = fakeJournal()
  for (const name of [...ours, 'written']) journal.entries.set(name, {record, phase: 'complete'})
  const lan = (ip: string) => ({'demo-lan': {ip, mac: ''}})
  const {exec} = fakeExec((node, [program, first = '', second = '']) => {
    if (program === 'ip')
      return JSON.stringify([
        {
          ifname: node === 'demo-worker' ? 'eth7' : 'eth1',
          mtu: 1400,
          addr_info: [{local: node === 'demo-worker' ? '172.30.0.3' : '172.30.0.2'}],
        },
      ])
    if (program === 'cat' && first === '/etc/machine-id') return `${machineId === 'another' ? machineId : node}\n`
    if (program === 'ctr') return 'docker.io/k8s-local/probe:v1\nghcr.io/k8snetworkplumbingwg/whereabouts:v0.9.4\n'
    if (program === 'find' && first === '/opt/cni/bin')
      return node === 'demo-worker' ? 'ptp\nmacvlan\n' : 'ptp\nmacvlan\nbridge\n'
    return program === 'find' && second !== '' ? '\n=== a.conf\n{"name":"sliced"}\n' : {exitCode: 1}
  })
  return fakeDrivers({
    journal,
    files: fakeFiles({
      '/package/manifests/lock.yaml': lock,
      '/package/manifests/multus/crd.yaml': crd,
      '/package/manifests/multus/README.md': 'x',
    }),
    host: {
      platform: () => ({os: 'linux', arch: 'amd64', cpus: 2}),
      routes: async () => ['10.0.0.0/8'],
      limits: async () => ({}),
      diskFree: async () => 7,
      which: async () => undefined,
    },
    engine: {
      exec,
      info: async () => ({
        version: '28.0.0',
        platform: 'linux/amd64',
        cgroupVersion: '2',
        memory: 1,
        cpus: 2,
        dataRoot: '/d',
      }),
      images: async () => [{...warmImage, size: 1.9e9, created: '', entrypoint: [], command: []}],
      containers: async (label) =>
        [
          container('demo-control-plane', {addresses: {...onKind('172.18.0.2').addresses, ...lan('172.30.0.2')}}),
          container('demo-worker', {addresses: {...onKind('172.18.0.3').addresses, ...lan('172.30.0.3')}}),
          container('demo-external-load-balancer', {
            labels: {'io.x-k8s.kind.cluster': 'demo', 'io.x-k8s.kind.role': 'external-load-balancer'},
          }),
          container('other-control-plane', {
            labels: {'io.x-k8s.kind.cluster': 'other', 'io.x-k8s.kind.role': 'control-plane'},
          }),
        ].filter(({labels: own}) => !label.includes('=') || label.endsWith(`=${own['io.x-k8s.kind.cluster']}`)),
      networks: async () => [
        engineNetwork('bridge'),
        engineNetwork('demo-lan', {labels}),
        engineNetwork('gone-lan', {labels: {'k8s-local.dev/cluster': 'gone'}}),
      ],
    },
    kubernetes: {
      get: async () => ({
        items: [
          {metadata: {namespace: 'default', name: 'sliced'}, spec: {}},
          {metadata: {namespace: 'default', name: 'inline'}, spec: {config: '{"type":"macvlan"}'}},
        ],
      }),
      read: async ({name}) => {
        const object = {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name}}
        if (name === 'kubeadm-config')
          return {
            ...object,
            data: {ClusterConfiguration: 'networking:\n  podSubnet: 10.244.0.0/16\n  serviceSubnet: 10.96.0.0/16\n'},
          }
        return recorded ? {...object, data: {record: JSON.stringify(record)}} : undefined
      },
      list: async ({kind}) => objects[kind] ?? [],
    },
  })
}

const node = (name: string, ready: string, own: Readonly<Record<string, string>> = {}) => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: {name, labels: own},
  status: {
    conditions: [{type: 'Ready', status: ready}],
    images: [{names: ['docker.io/k8s-local/probe:v1']}],
    nodeInfo: {machineID: name, kubeletVersion: 'v1.34.4', operatingSystem: 'linux', architecture: 'amd64'},
  },
})

const daemonSet = (name: string, image: string) => ({
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: {name, namespace: 'kube-system'},
  spec: {template: {spec: {containers: [{image}]}}},
})

const objects: Readonly<Record<string, readonly KubernetesObject[]>> = {
  Node: [
    node('demo-worker', 'False'),
    node('demo-control-plane', 'True', {'node-role.kubernetes.io/control-plane': ''}),
  ],
  DaemonSet: [
    daemonSet('kube-multus-ds', 'x/multus-cni:v4.3.0-thick'),
    daemonSet('calico-node', 'quay.io/calico/node:v3.32.1'),
  ],
  Namespace: [{apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'default'}}],
  Pod: [
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: 'p',
        namespace: 'default',
        annotations: {
          'k8s.v1.cni.cncf.io/networks': 'inline',
          'k8s.v1.cni.cncf.io/network-status': '[{"name":"default/inline","interface":"net1"}]',
        },
      },
      spec: {nodeName: 'demo-worker'},
      status: {phase: 'Running'},
    },
  ],
}
