import {describe, expect, test} from 'vitest'
import type {SurroundingFacts, TargetFacts} from '../../src/plan/facts.ts'
import {sceneOfTarget} from '../../src/plan/scene.ts'
import type {KubernetesObject} from '../../src/steps/object.ts'
import {givenNetwork, givenTarget, macvlanConfig} from './given-target.ts'

const blue = givenNetwork('blue', macvlanConfig('172.30.0.64', '172.30.0.127'))
const odd = givenNetwork('odd', {...macvlanConfig('172.30.0.128', '172.30.0.191'), mode: 5})

const pod = (networks: string): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {name: 'web', namespace: 'default', annotations: {'k8s.v1.cni.cncf.io/networks': networks}},
  spec: {containers: [{name: 'main'}]},
})

const around = (other: Partial<SurroundingFacts> = {}): SurroundingFacts => ({
  lint: {
    cluster: 'dev',
    nodes: [
      {name: 'dev-worker', interfaces: [{name: 'eth1', mtu: 1500, addresses: []}], resources: [], provider: 'kind'},
    ],
    podSubnet: '10.244.0.0/16',
    serviceSubnet: '10.96.0.0/16',
    plugins: ['host-local', 'whereabouts'],
    namespaces: ['default'],
    machine: [{subnet: '172.18.0.0/16', owner: 'the engine network kind', hasNodes: true}],
  },
  pods: [],
  ...other,
})

function surroundings(
  other: Partial<SurroundingFacts> = {},
  facts: Partial<TargetFacts> = {},
  only?: readonly string[],
) {
  const target = givenTarget({networks: [blue, odd], surroundings: around(other), ...facts})
  return sceneOfTarget(target, {runId: 'r', everyNode: false, ...(only && {only})}).surroundings
}

describe('the surroundings of a scene', () => {
  test('hold what net lint says, without what a check has from the nodes themselves', () => {
    const findings = surroundings()?.findings ?? []

    expect(findings.filter(({severity}) => severity === 'error')).toEqual([
      expect.objectContaining({rule: 'KL-L203', on: 'default/odd', message: expect.stringContaining('"mode" is 5')}),
    ])
    // macvlan is on no node: plugins-present says so.
    expect(findings.map(({rule}) => rule)).not.toContain('KL-L207')
  })

  test('hold what pods ask for, unless only some networks are meant', () => {
    const pods = [pod('nosuch')]

    expect(surroundings({pods})?.findings).toContainEqual(
      expect.objectContaining({rule: 'KL-L505', on: 'pod default/web'}),
    )
    expect(surroundings({pods})?.linted).toEqual({networks: 2, pods: 1})
    const one = surroundings({pods}, {}, ['default/blue'])
    expect(one?.findings.filter(({severity}) => severity === 'error')).toEqual([])
    expect(one?.linted).toEqual({networks: 1, pods: 0})
  })

  test('name a network that lies in files on the nodes once, by its object', () => {
    const slice = (start: string, end: string) => JSON.stringify({...macvlanConfig(start, end, 'host-local'), mode: 5})
    const nodeConfigs = {
      'dev-worker': slice('172.30.0.64', '172.30.0.95'),
      'dev-worker2': slice('172.30.0.96', '172.30.0.127'),
    }
    const networks = [givenNetwork('sliced', '', {nodeConfigs})]

    const found = surroundings({}, {networks})?.findings.filter(({rule}) => rule === 'KL-L203')
    expect(found?.map(({on}) => on)).toEqual(['default/sliced'])
  })

  test('know the image that Multus is installed from, by name and digest', () => {
    expect(surroundings()?.multusImage).toMatchObject({
      name: expect.stringMatching(/^ghcr.io\/k8snetworkplumbingwg\/multus-cni:v/),
    })
    const {record} = givenTarget()
    expect(surroundings({}, {record: {...record, multus: 'none'}})).not.toHaveProperty('multusImage')
  })

  test('know the machine only where the nodes are containers of it', () => {
    const host: SurroundingFacts['host'] = {
      engine: {version: '27.0.0', cgroupVersion: '2', memory: 8 * 2 ** 30, dataRoot: '/var/lib/docker'},
      limits: {},
      nodeNetworks: [],
    }

    expect(surroundings()).not.toHaveProperty('host')
    expect(surroundings({host}, {refusedLinks: {ipvlan: 'Operation not supported'}})?.host).toMatchObject({
      podSubnet: '10.244.0.0/16',
      subnets: [{subnet: '172.18.0.0/16'}],
      refusedLinks: {ipvlan: 'Operation not supported'},
    })
  })
})
