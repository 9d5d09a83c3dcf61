import {describe, expect, test} from 'vitest'
import {networksAnnotationJson, networksAnnotationValue} from '../../src/templates/networks-annotation.ts'
import {probeNamespace, probePodPlaces, probePods} from '../../src/templates/probe-pods.ts'
import {testPod} from '../../src/templates/test-pod.ts'
import {toYaml} from '../../src/to-yaml.ts'

const image = 'k8s-local/probe:v1'

describe('what a pod asks for', () => {
  test.each([
    [[{network: 'data'}], 'data'],
    [
      [
        {network: 'data', namespace: 'team'},
        {network: 'lan', interface: 'lan0'},
      ],
      'team/data, lan@lan0',
    ],
  ])('%o in the short form', (attachments, value) => {
    expect(networksAnnotationValue(attachments)).toBe(value)
  })

  test.each([
    [[{network: 'data', ip: '172.30.0.40'}], [{name: 'data', ips: ['172.30.0.40']}]],
    [[{network: 'data.lan'}], [{name: 'data.lan'}]],
    [
      [{network: 'data', namespace: 'team', interface: 'd0', ip: '172.30.0.40/24'}, {network: 'lan'}],
      [{name: 'data', namespace: 'team', interface: 'd0', ips: ['172.30.0.40/24']}, {name: 'lan'}],
    ],
  ])('%o needs JSON', (attachments, value) => {
    expect(JSON.parse(networksAnnotationValue(attachments))).toEqual(value)
  })

  test('the JSON form is an array even for one network, as Multus insists', () => {
    expect(JSON.parse(networksAnnotationJson([{network: 'data'}]))).toEqual([{name: 'data'}])
  })
})

describe('a test pod', () => {
  const pod = {name: 'one', namespace: 'default', image}

  test.each([
    ['short', {...pod, attachments: [{network: 'data'}]}],
    ['address', {...pod, node: 'dev-worker2', attachments: [{network: 'data', interface: 'data1', ip: '172.30.0.40'}]}],
  ])('(%s) is as its golden says', async (name, input) => {
    await expect(toYaml(testPod(input))).toMatchFileSnapshot(`../golden/objects/test-pod-${name}.yaml`)
  })

  test('without networks has no annotation', () => {
    expect(testPod({...pod, attachments: []}).metadata.annotations).toBeUndefined()
  })
})

describe('the probe pods of a verify run', () => {
  const nodes = [
    {name: 'dev-control-plane', role: 'control-plane'},
    {name: 'dev-worker', role: 'worker'},
    {name: 'dev-worker2', role: 'worker'},
  ] as const
  const networks = [
    {namespace: 'default', name: 'data'},
    {namespace: 'team', name: 'lan'},
  ]
  const places = probePodPlaces({nodes, sets: [networks]})
  const input = {runId: 'x7k2', namespace: 'k8s-local-verify-x7k2', places, image}

  test('are as their golden says', async () => {
    const text = [probeNamespace('x7k2'), ...probePods(input)].map((object) => toYaml(object)).join('---\n')

    await expect(text).toMatchFileSnapshot('../golden/objects/probe-pods.yaml')
  })

  test('stand on every node, and two of them on one worker', () => {
    expect(places.map(({name, node}) => `${name} ${node}`)).toEqual([
      'probe-1 dev-control-plane',
      'probe-2 dev-worker',
      'probe-3 dev-worker2',
      'probe-twin dev-worker',
    ])
  })

  test('are two on a cluster of one node, and none without nodes', () => {
    expect(probePodPlaces({nodes: nodes.slice(0, 1), sets: [networks]}).map(({node}) => node)).toEqual([
      'dev-control-plane',
      'dev-control-plane',
    ])
    expect(probePodPlaces({nodes: [], sets: [networks]})).toEqual([])
  })

  test('come once more for every further set, each with the networks of its set', () => {
    const twoSets = probePodPlaces({nodes: nodes.slice(1), sets: networks.map((network) => [network])})

    expect(twoSets.map(({name, node, networks: carried}) => `${name} ${node} ${carried.join()}`)).toEqual([
      'probe-1 dev-worker default/data',
      'probe-2 dev-worker2 default/data',
      'probe-twin dev-worker default/data',
      'probe-1-b dev-worker team/lan',
      'probe-2-b dev-worker2 team/lan',
      'probe-twin-b dev-worker team/lan',
    ])
  })

  test('are where their places say, with all networks', () => {
    const objects = probePods(input)

    expect(objects.map(({metadata}) => metadata.name)).toEqual(places.map(({name}) => name))
    expect(places.every(({networks: carried}) => carried.join() === 'default/data,team/lan')).toBe(true)
    expect(
      objects.every(
        ({metadata}) =>
          metadata.namespace === 'k8s-local-verify-x7k2' && metadata.labels?.['k8s-local.dev/run'] === 'x7k2',
      ),
    ).toBe(true)
  })
})
