import {expect, test} from 'vitest'
import type {Drivers, KubernetesDriver} from '../../../src/drivers/ports.ts'
import type {TargetFacts} from '../../../src/plan/facts.ts'
import {judgedSources, networkSource} from '../../../src/plan/lint-sources.ts'
import {observeLintFacts} from '../../../src/run/queries/lint-facts.ts'
import type {KubernetesObject} from '../../../src/steps/object.ts'
import {fakeExec} from '../fakes.ts'

const facts = {
  cluster: 'lab',
  nodes: [
    {name: 'lab-worker', resources: ['intel.com/vf']},
    {name: 'elsewhere', resources: []},
  ],
  isolation: {shared: ['default']},
  record: {podSubnet: '10.50.0.0/16', serviceSubnet: '10.51.0.0/16'},
  plugins: ['macvlan'],
  namespaces: ['default'],
} as unknown as TargetFacts

const multus = (image: string): KubernetesObject => ({
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: {name: 'kube-multus-ds', namespace: 'kube-system'},
  spec: {template: {spec: {containers: [{name: 'kube-multus', image}]}}},
})

const nodeObject = (name: string, providerID?: string): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: {name},
  spec: {...(providerID !== undefined && {providerID})},
})

const engineNetwork = (name: string, subnet: string, containers: readonly string[] = []) => ({
  name,
  subnets: [subnet],
  labels: {},
  internal: false,
  containers,
})

async function observe(daemonSets: readonly KubernetesObject[], unseen: readonly string[] = ['elsewhere']) {
  const {exec} = fakeExec((node) => {
    if (unseen.includes(node)) throw new Error('no such container')
    return JSON.stringify([{ifname: 'eth1', mtu: 1450, addr_info: [{local: '172.30.0.2'}]}])
  })
  return observeLintFacts(facts, {
    drivers: {
      engine: {
        exec,
        networks: async () => [
          engineNetwork('bridge', '172.17.0.0/16'),
          engineNetwork('kind', '172.18.0.0/16', ['lab-worker']),
        ],
      },
      host: {routes: async () => ['172.17.0.0/16', '10.128.0.0/9', '10.128.0.0/9']},
    } as unknown as Drivers,
    kubernetes: {
      list: async ({kind}: {readonly kind: string}) =>
        kind === 'Node'
          ? [nodeObject('lab-worker', 'kind://docker/lab/lab-worker'), nodeObject('elsewhere')]
          : daemonSets,
    } as unknown as KubernetesDriver,
    signal: new AbortController().signal,
  })
}

test('the NICs of nodes that can be looked into, and the version of Multus by its image', async () => {
  const seen = await observe([multus('ghcr.io/k8snetworkplumbingwg/multus-cni:v4.3.0-thick')])

  expect(seen).toMatchObject({multusVersion: '4.3.0', podSubnet: '10.50.0.0/16', plugins: ['macvlan']})
  expect(seen.nodes).toEqual([
    {
      name: 'lab-worker',
      interfaces: [{name: 'eth1', mtu: 1450, mac: '', up: false, addresses: ['172.30.0.2']}],
      resources: ['intel.com/vf'],
      provider: 'kind',
    },
    {name: 'elsewhere', interfaces: [], resources: [], provider: ''},
  ])
  expect(seen.isolation).toEqual({shared: ['default']})
})

test('the networks and routes of this machine, each once, where the nodes are here', async () => {
  expect((await observe([])).machine).toEqual([
    {subnet: '172.17.0.0/16', owner: 'the engine network bridge', hasNodes: false},
    {subnet: '172.18.0.0/16', owner: 'the engine network kind', hasNodes: true},
    {subnet: '10.128.0.0/9', owner: 'a route of this machine', hasNodes: false},
  ])
  expect((await observe([], ['lab-worker', 'elsewhere'])).machine).toEqual([])
})

test('an image without a version says nothing of it', async () => {
  expect(await observe([multus('ghcr.io/k8snetworkplumbingwg/multus-cni:snapshot')])).not.toHaveProperty(
    'multusVersion',
  )
  expect(await observe([])).not.toHaveProperty('multusVersion')
})

test('a network of the cluster becomes a text of its own, without what kubectl keeps in it', () => {
  const annotations = {'kubectl.kubernetes.io/last-applied-configuration': '{}', note: 'kept'}
  const {name, text, origin} = networkSource({
    namespace: 'team',
    name: 'data',
    config: '{\n}',
    nodeConfigs: {},
    annotations,
  })

  expect([name, origin]).toEqual(['team/data', 'cluster'])
  expect(text).toContain('note: kept')
  expect(text).toContain('  config: |-\n    {\n    }\n')
  expect(text).not.toContain('last-applied')
})

test('a network in files on the nodes is judged file by file', () => {
  const network = {namespace: 'team', name: 'data', config: '', annotations: {}}

  expect(
    judgedSources({...network, nodeConfigs: {a: '{"mtu": 1}', b: '{"mtu": 2}'}}).map(({name, node, text}) => [
      name,
      node,
      /mtu": (.)/.exec(text)?.[1],
    ]),
  ).toEqual([
    ['team/data on a', 'a', '1'],
    ['team/data on b', 'b', '2'],
  ])
  expect(judgedSources({...network, nodeConfigs: {}}).map(({name}) => name)).toEqual(['team/data'])
})
