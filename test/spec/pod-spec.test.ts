import {describe, expect, test} from 'vitest'
import {attachmentText, readNetworkReference} from '../../src/spec/attachment.ts'
import {readWorkload} from '../../src/spec/workload-reference.ts'
import {readPodSpec} from '../../src/spec/read-pod-spec.ts'
import {findingsOf, rawOf} from './raw.ts'

describe('a network to attach', () => {
  test.each([
    ['data', {network: 'data'}],
    ['team/data', {namespace: 'team', network: 'data'}],
    ['data@data1', {network: 'data', interface: 'data1'}],
    ['team/data.lan@data1', {namespace: 'team', network: 'data.lan', interface: 'data1'}],
  ])('%s is read, and written as it was', (text, attachment) => {
    expect(readNetworkReference(text)).toEqual({value: attachment})
    expect(attachmentText(attachment)).toBe(text)
  })

  test.each(['', '/data', 'a/b/c', 'data@', 'data@a@b', 'Data', 'data@eth0', 'data@lo', 'data@sixteen-letters1', 7])(
    '%j is refused',
    (raw) => {
      expect(readNetworkReference(raw)).toHaveProperty('fault')
    },
  )
})

describe('what is asked for', () => {
  test('a pod without networks is possible', () => {
    expect(readPodSpec(rawOf({name: 'one'}))).toEqual({name: 'one', namespace: 'default', attachments: []})
  })

  test('an address goes to the only network', () => {
    const spec = readPodSpec(
      rawOf({name: 'one', networks: ['data'], ips: ['172.30.0.40'], node: 'dev-worker2', namespace: 'team'}),
    )

    expect(spec).toEqual({
      name: 'one',
      namespace: 'team',
      node: 'dev-worker2',
      attachments: [{network: 'data', ip: '172.30.0.40'}],
    })
  })

  test('addresses find their networks by name, whatever the order', () => {
    const spec = readPodSpec(
      rawOf({
        name: 'one',
        networks: ['data', 'team/storage@st1'],
        ips: ['team/storage@st1=172.31.0.9/24', 'data=172.30.0.40'],
      }),
    )

    expect(spec.attachments.map(({ip}) => ip)).toEqual(['172.30.0.40', '172.31.0.9/24'])
  })

  test('the same network twice gives two interfaces', () => {
    expect(readPodSpec(rawOf({name: 'one', networks: ['data', 'data']})).attachments).toHaveLength(2)
  })
})

describe('what is asked of a network', () => {
  test('goes to the network, by its name, by all of it, or by its interface', () => {
    const spec = readPodSpec(
      rawOf({
        name: 'one',
        networks: ['data@a', 'data@b', 'lan'],
        ips: ['data@a=172.30.0.40'],
        macs: ['b=02:00:5E:10:00:01'],
        bandwidths: ['lan=10M/2.5M'],
        portMaps: ['net3=8080:80', 'lan=127.0.0.1:53:53/udp'],
        defaultRoutes: ['lan=172.31.0.1'],
      }),
    )

    expect(spec.attachments).toEqual([
      {network: 'data', interface: 'a', ip: '172.30.0.40'},
      {network: 'data', interface: 'b', mac: '02:00:5e:10:00:01'},
      {
        network: 'lan',
        bandwidth: {ingressRate: 10e6, ingressBurst: 1e6, egressRate: 2.5e6, egressBurst: 262_144},
        portMappings: [
          {hostPort: 8080, containerPort: 80, protocol: 'tcp'},
          {hostPort: 53, containerPort: 53, protocol: 'udp', hostIP: '127.0.0.1'},
        ],
        defaultRoute: '172.31.0.1',
      },
    ])
  })

  test.each([
    ['500K', 500e3],
    ['1G', 1e9],
    ['1000', 1000],
  ])('a rate of %s is %d bits per second, both ways', (rate, bits) => {
    const [attachment] = readPodSpec(rawOf({name: 'one', networks: ['data'], bandwidths: [rate]})).attachments

    expect(attachment?.bandwidth).toMatchObject({ingressRate: bits, egressRate: bits})
  })

  test('a workload is of pods as asked for', () => {
    expect(readPodSpec(rawOf({name: 'web', as: 'statefulset', replicas: 3, defaultNetwork: 'team/net'}))).toMatchObject(
      {
        workload: {kind: 'StatefulSet', replicas: 3},
        defaultNetwork: {namespace: 'team', network: 'net'},
      },
    )
  })
})

describe('a workload to change', () => {
  test.each([
    ['deployment/web', {kind: 'Deployment', name: 'web'}],
    ['sts/db', {kind: 'StatefulSet', name: 'db'}],
    ['ds/agent', {kind: 'DaemonSet', name: 'agent'}],
    ['pod/left', {kind: 'Pod', name: 'left'}],
    ['left', {kind: 'Pod', name: 'left'}],
  ])('%s', (text, reference) => {
    expect(readWorkload(text)).toEqual({value: reference})
  })

  test.each(['job/x', 'a/b/c', '', 'deployment/', 'deployment/Web'])('%j is refused', (text) => {
    expect(readWorkload(text)).toHaveProperty('fault')
  })
})

describe('what is wrong', () => {
  test.each<[Readonly<Record<string, unknown>>, readonly string[]]>([
    [{}, ['name: a pod needs a name']],
    [{ips: ['172.30.0.4']}, ['--ips: 172.30.0.4 is for a network, and the pod has no such network']],
    [
      {networks: ['a', 'b'], ips: ['172.30.0.4']},
      ['--ips: 172.30.0.4 could be for several networks: write NETWORK=172.30.0.4'],
    ],
    [{networks: ['a'], ips: ['b=172.30.0.4']}, ['--ips: 172.30.0.4 is for b, and the pod has no such network']],
    [
      {networks: ['a'], ips: ['172.30.0.4', 'a=172.30.0.5']},
      ['--ips: two addresses are asked for on a: 172.30.0.4 and 172.30.0.5'],
    ],
    [
      {networks: ['a'], ips: ['172.30.0.4/40']},
      ["--ips: '172.30.0.4/40' is not an address such as 172.30.5.40 or data=172.30.5.40"],
    ],
    [
      {networks: ['a', 'a'], ips: ['a=172.30.0.4']},
      ['--ips: 172.30.0.4 could be for several networks: write net1=172.30.0.4 for its interface'],
    ],
    [
      {networks: ['a'], macs: ['01:00:5e:10:00:01']},
      [
        "--macs: '01:00:5e:10:00:01' is not a MAC address of one machine such as 02:00:5e:10:00:01 or data=02:00:5e:10:00:01",
      ],
    ],
    [
      {networks: ['a'], bandwidths: ['fast']},
      [
        "--bandwidths: 'fast' is not a rate in bits per second such as 10M, or 10M/2M for into and out of the pod, or data=10M",
      ],
    ],
    [
      {networks: ['a'], portMaps: ['80:70000']},
      ["--portMaps: '80:70000' is not a port mapping such as 8080:80, 5353:53/udp or data=8080:80"],
    ],
    [
      {networks: ['a', 'b'], defaultRoutes: ['a=172.30.0.1', 'b=172.31.0.1']},
      ['--defaultRoutes: a pod has one default route, and these are asked for: 172.30.0.1, 172.31.0.1'],
    ],
    [
      {defaultNetwork: 'a@net1'},
      ["--defaultNetwork: 'a@net1' names an interface, and a default network is always eth0"],
    ],
    [{replicas: 2}, ['--replicas: a pod is one: 2 need --as deployment']],
    [
      {networks: ['a'], as: 'deployment', replicas: 2, ips: ['172.30.0.4'], macs: ['02:00:5e:10:00:01']},
      ['--ips: 2 replicas cannot share one address', '--macs: 2 replicas cannot share one MAC address'],
    ],
    [{networks: ['a@one', 'b@one']}, ['--networks: two networks would be the interface one']],
    [{networks: ['a@net2', 'b']}, ['--networks: two networks would be the interface net2']],
    [{networks: ['a b']}, ["--networks: 'a b' is not a name for a network"]],
    [{node: 'Worker'}, ["--node: 'Worker' is not a name for a node"]],
  ])('case %#: %o', (values, expected) => {
    const named = Object.keys(values).length > 0 ? {name: 'one', ...values} : values

    expect(findingsOf(() => readPodSpec(rawOf(named)))).toEqual(expected)
  })
})
