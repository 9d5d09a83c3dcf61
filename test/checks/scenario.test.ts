import {describe, expect, test} from 'vitest'
import {scenarioChecks} from '../../src/checks/scenario/index.ts'
import type {Judge} from '../../src/checks/check.ts'
import type {Evidence, Seen} from '../../src/steps/check-request.ts'
import {json, text, unseen} from './recorded.ts'

type Name = keyof typeof scenarioChecks

function verdict(check: Name, subject: object, evidence: Evidence): string {
  const {status, summary} = (scenarioChecks[check] as Judge).judge(evidence, subject as never)
  return `${status}: ${summary}`
}

/** As the pods of a cluster with Cilium 1.15.19 and Multus 4.3.0 printed it. */
const links = text(
  [
    '1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN mode DEFAULT group default qlen 1000\\    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00',
    '2: eth1@if5: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP mode DEFAULT group default \\    link/ether 02:53:43:4e:00:01 brd ff:ff:ff:ff:ff:ff link-netnsid 0',
    '11: eth0@if12: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP mode DEFAULT group default qlen 1000\\    link/ether 5a:1c:4f:0b:4d:11 brd ff:ff:ff:ff:ff:ff link-netnsid 0',
  ].join('\n'),
)
const addresses = text(
  [
    '1: lo    inet 127.0.0.1/8 scope host lo\\       valid_lft forever preferred_lft forever',
    '2: eth1    inet 172.30.0.43/28 brd 172.30.0.47 scope global eth1\\       valid_lft forever preferred_lft forever',
    '11: eth0    inet 10.244.2.52/32 scope global eth0\\       valid_lft forever preferred_lft forever',
  ].join('\n'),
)
const answered =
  'PING 172.30.0.44 (172.30.0.44) from 172.30.0.43 net1: 56(84) bytes of data.\n\n--- 172.30.0.44 ping statistics ---\n2 packets transmitted, 2 received, 0% packet loss, time 200ms\nrtt min/avg/max/mdev = 0.071/0.130/0.189/0.059 ms\n'
const silent =
  'PING 172.30.0.44 (172.30.0.44) 56(84) bytes of data.\n\n--- 172.30.0.44 ping statistics ---\n1 packets transmitted, 0 received, 100% packet loss, time 0ms\n\n'

function pinged(received: number, sent = 2): Seen {
  return {
    type: 'ping',
    interface: 'stor0',
    address: '172.30.0.37',
    sent,
    received,
    averageMs: null,
    output: 'statistics',
  }
}

describe('interface-is', () => {
  const subject = {
    namespace: 'n',
    pod: 'licensed',
    interface: 'eth1',
    address: '172.30.0.43/28',
    mtu: 1500,
    mac: '02:53:43:4e:00:01',
  }
  test.each([
    ['as declared', {}, 'pass: 172.30.0.43/28, MTU 1500, MAC 02:53:43:4e:00:01'],
    ['any MAC', {mac: ''}, 'pass: 172.30.0.43/28, MTU 1500'],
    [
      'another prefix',
      {address: '172.30.0.43/24'},
      'fail: eth1 of licensed has 172.30.0.43/28 instead of 172.30.0.43/24',
    ],
    [
      'another MTU and MAC',
      {mtu: 9000, mac: '02:00:00:00:00:00'},
      'fail: eth1 of licensed has MTU 1500 instead of 9000, has MAC 02:53:43:4e:00:01 instead of 02:00:00:00:00:00',
    ],
    ['no such interface', {interface: 'net1'}, 'fail: licensed has no interface net1: it has lo, eth1, eth0'],
  ])('%s', (_, other, expected) => {
    expect(verdict('interface-is', {...subject, ...other}, {addresses, links})).toBe(expected)
  })

  test('cannot be told without a look inside', () => {
    expect(verdict('interface-is', subject, {addresses, links: unseen})).toMatch(/^error: could not look/)
  })
})

describe('reaches', () => {
  const subject = {namespace: 'n', from: 'a', to: 'b', interface: 'net1', address: '172.30.0.44'}
  test.each([
    ['all come back', text(answered), 'pass: a -> 172.30.0.44 by net1, 0.13 ms'],
    [
      'one is lost',
      text(answered.replace('2 received', '1 received'), 0),
      'warn: a -> 172.30.0.44 by net1; 1 of 2 pings lost',
    ],
    ['none comes back', text(silent, 1), 'fail: a does not reach b (172.30.0.44) over net1'],
    ['the pod is not there', unseen, 'error: could not look at the way from a to b: no answer within 10 s'],
  ])('%s', (_, ping, expected) => {
    expect(verdict('reaches', subject, {ping})).toBe(expected)
  })
})

describe('cut-off', () => {
  const subject = {namespace: 'n', from: 'a', to: 'b', interface: 'net1', address: '172.30.0.44'}
  test.each([
    ['nothing answers', {free: text(silent, 1), bound: text(silent, 1)}, 'pass: a does not reach b (172.30.0.44)'],
    [
      'there is no way at all',
      {free: text('', 2, 'ping: connect: Network is unreachable'), bound: text(silent, 1)},
      'pass: a does not reach b (172.30.0.44)',
    ],
    [
      'a node routes',
      {free: text(answered), bound: text(silent, 1)},
      'fail: a reaches b (172.30.0.44) by the way that its kernel chooses, and must not',
    ],
    [
      'the networks share a layer 2',
      {free: text(silent, 1), bound: text(answered)},
      'fail: a reaches b (172.30.0.44) over net1, and must not',
    ],
  ])('%s', (_, evidence, expected) => {
    expect(verdict('cut-off', subject, evidence)).toBe(expected)
  })

  test.each(['ping: SO_BINDTODEVICE net1: No such device', 'ping: unknown iface: net1'])(
    'is not proven by a ping that has no interface to go by: %s',
    (stderr) => {
      const evidence = {free: text(silent, 1), bound: text('', 2, stderr)}
      expect(verdict('cut-off', subject, evidence)).toBe(`error: could not look at a way: ${stderr}`)
    },
  )

  test('tries only the kernel’s way where the pod has no second interface', () => {
    expect(Object.keys(scenarioChecks['cut-off'].probes({...subject, interface: ''}))).toEqual(['free'])
  })
})

describe('primary-closed', () => {
  const subject = {namespace: 'n', from: 'a', to: 'b', toNamespace: 'm', primary: 'cilium'}
  test.each([
    ['closed', pinged(0, 1), 'pass: a does not reach b (172.30.0.37) over stor0'],
    ['open', pinged(1, 1), 'fail: a reaches b (172.30.0.37) over stor0, and must not'],
    ['unknown', unseen, 'error: could not look at the way from a to b: no answer within 10 s'],
  ])('%s', (_, ping, expected) => {
    expect(verdict('primary-closed', subject, {ping})).toBe(expected)
  })
})

describe('primary-replaced', () => {
  const subject = {namespace: 'n', pod: 'first', network: 'kube-system/scenario-default', subnet: '10.101.0.0/24'}
  const pod = (names: readonly string[], podIP: string) =>
    json({
      metadata: {
        annotations: {
          'k8s.v1.cni.cncf.io/network-status': JSON.stringify(
            names.map((name) => ({name, interface: 'eth0', default: true})),
          ),
        },
      },
      status: {podIP},
    })
  test.each([
    [
      'replaced',
      pod(['kube-system/scenario-default'], '10.101.0.2'),
      'pass: pod IP 10.101.0.2 is of kube-system/scenario-default, and there is no other interface',
    ],
    [
      'not replaced',
      pod(['cilium'], '10.244.2.9'),
      'fail: first should have kube-system/scenario-default alone, and has cilium',
    ],
    [
      'without Multus',
      pod([], '10.244.2.9'),
      'fail: first should have kube-system/scenario-default alone, and has nothing',
    ],
    [
      'of another subnet',
      pod(['kube-system/scenario-default'], '10.244.2.9'),
      'fail: the pod IP of first is 10.244.2.9, not one of 10.101.0.0/24',
    ],
  ])('%s', (_, object, expected) => {
    expect(verdict('primary-replaced', subject, {pod: object})).toBe(expected)
  })
})

describe('full-frames', () => {
  const subject = {namespace: 'n', from: 'a', to: 'b', network: 'n/s', mtu: 1500}
  const storage = text((links as {stdout: string}).stdout.replace('eth1@', 'stor0@'))
  test.each([
    ['pass', {ping: pinged(2), links: storage}, 'pass: packets of 1500 bytes pass from a to b over stor0'],
    ['lost', {ping: pinged(0), links: storage}, 'fail: 2 of 2 packets of 1500 bytes from a to b are lost'],
    ['smaller interface', {ping: pinged(2), links}, 'fail: stor0 of a has MTU unknown instead of 1500'],
  ])('%s', (_, evidence, expected) => {
    expect(verdict('full-frames', subject, evidence)).toBe(expected)
  })

  test('sends packets of exactly the MTU', () => {
    expect(scenarioChecks['full-frames'].probes(subject)['ping']).toMatchObject({payload: 1472})
  })
})

describe('routed-by', () => {
  const subject = {namespace: 'n', pod: 'client', destination: '172.30.0.50', interface: 'net1', gateway: '172.30.0.33'}
  const routed = '172.30.0.50 via 172.30.0.33 dev net1 src 172.30.0.34 uid 0 \n    cache \n'
  const straight = '172.30.0.50 dev net1 src 172.30.0.34 uid 0 \n    cache \n'
  const primary = '172.30.0.50 via 10.244.2.180 dev eth0 src 10.244.2.52 uid 0 \n    cache mtu 1450 \n'
  test.each([
    ['by its gateway', {}, routed, 'pass: by net1 via 172.30.0.33'],
    ['straight', {gateway: ''}, straight, 'pass: by net1'],
    ['without the gateway', {}, straight, 'fail: client sends to 172.30.0.50 by net1, not by net1 via 172.30.0.33'],
    [
      'by the primary network',
      {},
      primary,
      'fail: client sends to 172.30.0.50 by eth0 via 10.244.2.180, not by net1 via 172.30.0.33',
    ],
  ])('%s', (_, other, stdout, expected) => {
    expect(verdict('routed-by', {...subject, ...other}, {route: text(stdout)})).toBe(expected)
  })
})

describe('serves', () => {
  const subject = {namespace: 'n', from: 'client', to: 'web', interface: 'net1', address: '172.30.0.49', port: 8080}
  test.each([
    ['the right pod', text('web\n'), 'pass: web answers client at 172.30.0.49:8080 over net1'],
    ['another pod', text('other\n'), 'fail: "other" answers client at 172.30.0.49:8080 over net1, not web'],
    [
      'nobody',
      text('', 7, 'curl: (7) Connection refused'),
      'fail: web does not answer client at 172.30.0.49:8080 over net1',
    ],
    ['no look', unseen, 'error: could not look at the answer of web: no answer within 10 s'],
  ])('%s', (_, answer, expected) => {
    expect(verdict('serves', subject, {answer})).toBe(expected)
  })
})

describe('replicas-serve', () => {
  const subject = {
    namespace: 'n',
    app: 'web',
    replicas: 2,
    network: 'n/web',
    client: 'client',
    interface: 'web0',
    addresses: ['172.30.0.37', '172.30.0.42'],
    port: 8080,
  }
  const replica = (name: string, nodeName: string, ip: string, more: object = {}) => ({
    metadata: {
      name,
      ...more,
      annotations: {
        'k8s.v1.cni.cncf.io/network-status': JSON.stringify([{name: 'n/web', interface: 'web0', ips: [ip]}]),
      },
    },
    spec: {nodeName},
  })
  const one = replica('web-1', 'w1', '172.30.0.37')
  const two = replica('web-2', 'w2', '172.30.0.42')
  const gone = replica('web-0', 'w1', '172.30.0.38', {deletionTimestamp: '2026-11-27T21:00:00Z'})
  const both = text('172.30.0.42 web-2\n172.30.0.37 web-1\n')

  test.each([
    ['each at its own address', [one, two, gone], both, 'pass: 172.30.0.37 on w1, 172.30.0.42 on w2'],
    ['one silent', [one, two], text('172.30.0.37 web-1\n'), 'fail: web-2 does not answer at 172.30.0.42'],
    [
      'one address twice',
      [one, replica('web-2', 'w2', '172.30.0.37')],
      text('172.30.0.37 web-1\n'),
      'fail: two replicas have one address; web-2 does not answer at 172.30.0.37',
    ],
    ['one missing', [one], both, 'fail: there are 1 replicas instead of 2; all replicas are on one node'],
  ])('%s', (_, items, answers, expected) => {
    expect(verdict('replicas-serve', subject, {pods: json({items}), answers})).toBe(expected)
  })
})

describe('admission', () => {
  const subject = {what: 'a pod', object: {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'p'}}, refusal: 'no leave'}
  const answer = (accepted: boolean, message = ''): Evidence => ({answer: {type: 'admission', accepted, message}})
  test.each([
    [
      'refused as it should',
      {},
      answer(false, 'denied request: web has no leave to use it'),
      'pass: refused: no leave',
    ],
    ['refused for another reason', {}, answer(false, 'quota exceeded'), 'fail: refused for another reason'],
    ['taken though it must not', {}, answer(true), 'fail: taken by the API, and must be refused'],
    ['taken as it should', {refusal: ''}, answer(true), 'pass: taken by the API'],
    ['refused though it must not', {refusal: ''}, answer(false, 'denied'), 'fail: refused, and must be taken'],
    ['not offered', {}, {answer: unseen}, 'error: could not offer it: no answer within 10 s'],
  ])('%s', (_, other, evidence, expected) => {
    expect(verdict('admission', {...subject, ...other}, evidence)).toBe(expected)
  })
})
