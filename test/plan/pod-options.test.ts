import {describe, expect, test} from 'vitest'
import {addPod} from '../../src/plan/add-pod.ts'
import type {TargetFacts} from '../../src/plan/facts.ts'
import {readPodSpec} from '../../src/spec/read-pod-spec.ts'
import {rawOf} from '../spec/raw.ts'
import {planText} from './plan-text.ts'
import {givenNetwork, givenPod, givenTarget} from './given-target.ts'
import {objectsText} from './objects-text.ts'
import {problemOf} from './problem-of.ts'

const range = {
  ranges: [[{subnet: '10.20.0.0/24', rangeStart: '10.20.0.10', rangeEnd: '10.20.0.99', gateway: '10.20.0.1'}]],
}
const hostLocal = {type: 'host-local', ...range}
const data = givenNetwork('data', {type: 'macvlan', master: 'eth1', capabilities: {ips: true}, ipam: hostLocal})
const inside = givenNetwork('inside', {
  plugins: [
    {type: 'bridge', bridge: 'br0', capabilities: {ips: true}, ipam: hostLocal},
    {type: 'bandwidth', capabilities: {bandwidth: true}},
    {type: 'portmap', capabilities: {portMappings: true}},
  ],
})
const plain = givenNetwork('plain', {type: 'bridge', bridge: 'br1', ipam: hostLocal}, {namespace: 'team'})
const tied = givenNetwork('tied', {type: 'ipvlan', master: 'eth1', ipam: hostLocal})
const eth0 = givenNetwork(
  'eth0-net',
  {type: 'bridge', isDefaultGateway: true, ipam: hostLocal},
  {namespace: 'kube-system'},
)
const networks = [data, inside, plain, tied, eth0]

function add(asked: Readonly<Record<string, unknown>>, facts: Partial<TargetFacts> = {}) {
  const spec = readPodSpec(rawOf({name: 'web', ...asked}))
  return addPod({spec}, givenTarget({networks, ...facts}))
}

const forms: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  one: {networks: ['data']},
  'many-in-order': {networks: ['inside', 'data', 'team/plain']},
  named: {networks: ['data@data0', 'inside']},
  address: {networks: ['data'], ips: ['10.20.0.40']},
  mac: {networks: ['data@data0', 'inside'], macs: ['data=02:00:5E:10:00:01']},
  bandwidth: {networks: ['inside'], bandwidths: ['10M/2M']},
  ports: {networks: ['inside'], portMaps: ['8080:80', '127.0.0.1:5353:53/udp']},
  'default-route': {networks: ['data', 'inside@in0'], defaultRoutes: ['in0=10.20.0.1']},
  'default-network': {networks: ['data'], defaultNetwork: 'eth0-net'},
}

describe('the objects of every form of attachment', () => {
  describe.each(['pod', 'deployment', 'statefulset'])('as a %s', (kind) => {
    test.each(Object.entries(forms))('%s', async (form, asked) => {
      const plan = add({...asked, as: kind})

      await expect(objectsText(plan)).toMatchFileSnapshot(`../golden/objects/attach/${kind}-${form}.yaml`)
    })
  })
})

describe('a workload', () => {
  test('is waited for by its roll-out', async () => {
    const plan = add({networks: ['data'], as: 'statefulset', replicas: 3})

    await expect(planText(plan)).toMatchFileSnapshot('../golden/plans/pod-add-statefulset.txt')
  })

  test('that exists is refused', () => {
    const spec = readPodSpec(rawOf({name: 'web', as: 'deployment'}))

    expect(problemOf(() => addPod({spec, taken: true}, givenTarget()))).toMatchObject({
      name: 'pod-exists',
      suggestions: ['k8s-local pod remove deployment/web --namespace default', 'choose another name'],
    })
  })
})

test('what is done instead of the annotation is told', () => {
  expect(add(forms['default-route'] ?? {}).notes?.[0]).toContain('does nothing in Multus 4.2 and 4.3')
  expect(add({defaultNetwork: 'team/plain'}).notes).toEqual([
    'eth0 is on team/plain instead of the cluster network; it gives no default route, so the pod reaches that network only, and neither services nor DNS',
  ])
})

describe('refused before the API is asked', () => {
  test.each<[Readonly<Record<string, unknown>>, string]>([
    [
      {networks: ['tied'], macs: ['02:00:5e:10:00:01']},
      'ipvlan sets no MAC address, and default/tied has no plugin that does',
    ],
    [
      {networks: ['data'], bandwidths: ['10M']},
      'the plugin bandwidth shapes veth pairs only, and default/data is macvlan',
    ],
    [
      {networks: ['team/plain'], bandwidths: ['10M']},
      'team/plain ignores it, silently: no plugin of its configuration declares "capabilities": {"bandwidth": true}',
    ],
    [
      {networks: ['data'], portMaps: ['8080:80']},
      'a node cannot reach its own pods on macvlan, so no port of it can lead to default/data',
    ],
    [
      {networks: ['team/plain'], portMaps: ['8080:80']},
      'team/plain ignores it, silently: no plugin of its configuration declares "capabilities": {"portMappings": true}',
    ],
    [
      {networks: ['data'], defaultRoutes: ['10.21.0.1']},
      '10.21.0.1 is in no subnet of default/data, so the pod cannot reach it',
    ],
    [{networks: ['data'], ips: ['10.20.0.40'], defaultRoutes: ['10.20.0.40']}, "10.20.0.40 is the pod's own address"],
    [
      {networks: ['data'], ips: ['10.20.0.100']},
      '10.20.0.100 is outside the range of default/data: 10.20.0.10-10.20.0.99',
    ],
    [
      {defaultNetwork: 'plain'},
      "there is no network kube-system/plain: Multus looks for a default network in kube-system, not in the pod's namespace",
    ],
    [{defaultNetwork: 'default/nowhere'}, 'there is no network default/nowhere'],
  ])('%j', (asked, message) => {
    expect(problemOf(() => add(asked)).findings?.map((one) => one.message)).toEqual([message])
  })

  test('a MAC address that another pod has', () => {
    const pods = [givenPod('db', {status: [{name: 'default/data', mac: '02:00:5E:10:00:01'}]})]

    expect(problemOf(() => add({networks: ['data'], macs: ['02:00:5e:10:00:01']}, {pods})).findings).toMatchObject([
      {at: '--mac', message: '02:00:5e:10:00:01 is the MAC address of default/db'},
    ])
  })

  test('a network of another namespace where Multus keeps them apart, and none that all may use', () => {
    const isolation = {shared: ['default']}

    expect(add({networks: ['data'], namespace: 'default'}, {isolation}).steps).toHaveLength(3)
    expect(add({networks: ['default/data'], namespace: 'team'}, {isolation}).steps).toHaveLength(3)
    expect(problemOf(() => add({networks: ['team/plain']}, {isolation})).findings).toMatchObject([
      {at: '--network', fix: 'make one for them: k8s-local net add TYPE plain --namespace default'},
    ])
  })

  test('all at once', () => {
    const {findings} = problemOf(() =>
      add({
        networks: ['data', 'team/plain', 'nowhere'],
        bandwidths: ['data=10M', 'plain=10M'],
        portMaps: ['plain=8080:80'],
        defaultNetwork: 'plain',
        node: 'dev-worker9',
      }),
    )

    expect(findings?.map(({at}) => at)).toEqual([
      '--node',
      '--bandwidth',
      '--bandwidth',
      '--port-map',
      '--network',
      '--default-network',
    ])
  })
})
