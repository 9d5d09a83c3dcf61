import {expect, test} from 'vitest'
import type {Drivers, KubernetesDriver} from '../../../src/drivers/ports.ts'
import type {TargetFacts} from '../../../src/plan/facts.ts'
import {networkSource, observeLintFacts} from '../../../src/run/queries/lint-facts.ts'
import type {KubernetesObject} from '../../../src/steps/object.ts'
import {fakeExec} from '../fakes.ts'

const facts = {
  cluster: 'lab',
  nodes: [{name: 'lab-worker'}, {name: 'elsewhere'}],
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

async function observe(daemonSets: readonly KubernetesObject[]) {
  const {exec} = fakeExec((node) => {
    if (node === 'elsewhere') throw new Error('no such container')
    return JSON.stringify([{ifname: 'eth1', mtu: 1450, addr_info: [{local: '172.30.0.2'}]}])
  })
  return observeLintFacts(facts, {
    drivers: {engine: {exec}} as unknown as Drivers,
    kubernetes: {list: async () => daemonSets} as unknown as KubernetesDriver,
    signal: new AbortController().signal,
  })
}

test('the NICs of nodes that can be looked into, and the version of Multus by its image', async () => {
  const seen = await observe([multus('ghcr.io/k8snetworkplumbingwg/multus-cni:v4.3.0-thick')])

  expect(seen).toMatchObject({multusVersion: '4.3.0', podSubnet: '10.50.0.0/16', plugins: ['macvlan']})
  expect(seen.nodes).toEqual([
    {name: 'lab-worker', interfaces: [{name: 'eth1', mtu: 1450, addresses: ['172.30.0.2']}]},
    {name: 'elsewhere', interfaces: []},
  ])
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
