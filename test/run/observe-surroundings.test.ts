import {expect, test} from 'vitest'
import {Problem} from '../../src/problem.ts'
import {observeSurroundings} from '../../src/run/target/observe-surroundings.ts'
import type {KubernetesObject} from '../../src/steps/object.ts'
import {givenTarget} from '../plan/given-target.ts'
import {fakeDrivers, fakeExec} from './fakes.ts'

const networksKey = 'k8s.v1.cni.cncf.io/networks'

const pod = (name: string, annotations: Readonly<Record<string, string>>, labels = {}): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {name, namespace: 'default', annotations, labels},
})

const container = (name: string, lan: string | undefined) => ({
  name,
  state: 'running',
  labels: {},
  addresses: lan === undefined ? {} : {'dev-lan': {ip: lan, mac: ''}},
})

const info = {
  version: '27.0.0',
  platform: 'linux/amd64',
  cgroupVersion: '2',
  memory: 1,
  cpus: 2,
  dataRoot: '/d',
} as const

async function observe(pods: readonly KubernetesObject[], engine: 'here' | 'gone' = 'here') {
  const gone = async (): Promise<never> => {
    throw new Problem('engine-missing', {message: 'there is no docker'})
  }
  const {exec} = fakeExec(() => '[]')
  const drivers = fakeDrivers({
    engine: {
      exec: engine === 'here' ? exec : gone,
      info: engine === 'here' ? async () => info : gone,
      containers: async () => [container('dev-worker', '172.30.0.3'), container('dev-worker2', undefined)],
      networks: async () => [
        {
          name: 'dev-lan',
          subnets: ['172.30.0.0/24'],
          labels: {'k8s-local.dev/cluster': 'dev', 'k8s-local.dev/network': 'data'},
          internal: true,
          containers: ['dev-worker'],
        },
      ],
    },
    host: {limits: async () => ({}), diskFree: async () => 7, routes: async () => []},
    kubernetes: {list: async ({kind}) => (kind === 'Pod' ? pods : [])},
  })
  const kubernetes = await drivers.kubernetes('/k')
  return observeSurroundings(givenTarget(), {drivers, kubernetes, signal: new AbortController().signal})
}

test('pods that ask for networks, also by a misspelt key, and none of a run of verify', async () => {
  const {pods} = await observe([
    pod('plain', {}),
    pod('attached', {[networksKey]: 'lan', 'k8s.v1.cni.cncf.io/network-status': '[]'}),
    pod('status-only', {'k8s.v1.cni.cncf.io/network-status': '[]'}),
    pod('misspelt', {'k8s.v1.cni.cncf.io/network': 'lan'}),
    pod('replaced', {'v1.multus-cni.io/default-network': 'lan'}),
    pod('probe', {[networksKey]: 'lan'}, {'k8s-local.dev/run': 'abc'}),
  ])

  expect(pods.map(({metadata}) => metadata.name)).toEqual(['attached', 'misspelt', 'replaced'])
})

test('the machine of the nodes, and which of them the engine says is on which network', async () => {
  const {host} = await observe([])

  expect(host).toMatchObject({engine: {version: '27.0.0'}, diskFree: 7})
  expect(host?.nodeNetworks).toEqual([
    {
      network: 'data',
      engineName: 'dev-lan',
      subnet: '172.30.0.0/24',
      addresses: {'dev-worker': '172.30.0.3'},
      interfaces: ['eth1'],
    },
  ])
})

test('an engine that is not there is no fault: the nodes may be anywhere', async () => {
  expect((await observe([], 'gone')).host).toBeUndefined()
})
