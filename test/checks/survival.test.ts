import {describe, expect, test} from 'vitest'
import {checks} from '../../src/checks/index.ts'
import type {Evidence, Seen} from '../../src/steps/check-request.ts'
import type {Json} from '../../src/steps/object.ts'
import {json, text, unseen} from './recorded.ts'

/** By hand: what the API and nodes would show, in the form of a recorded cluster. */
const survivor = {
  namespace: 'v',
  pod: 'probe-1',
  node: 'w1',
  networks: ['default/lan'],
  peer: 'probe-2',
  shared: ['default/lan'],
}
const fresh = {namespace: 'v', pod: 'fresh', node: 'w1', networks: ['default/lan']}

function pings(received: number, sent = 3): Seen {
  return {type: 'ping', interface: 'net1', address: '172.30.0.9', sent, received, averageMs: 0.1, output: ''}
}

function podOf(
  name: string,
  {
    networks = ['default/lan'],
    ready = true,
    since = '2026-01-01T00:10:00Z',
  }: {readonly networks?: readonly string[]; readonly ready?: boolean; readonly since?: string} = {},
): Json {
  const status = [{name: 'cilium', interface: 'eth0', default: true}, ...networks.map((one) => ({name: one}))]
  return {
    metadata: {name, annotations: {'k8s.v1.cni.cncf.io/network-status': JSON.stringify(status)}},
    spec: {nodeName: 'w1'},
    status: {
      conditions: [{type: 'Ready', status: ready ? 'True' : 'False', lastTransitionTime: since}],
      containerStatuses: [{state: {running: {startedAt: since}}}],
    },
  }
}

describe('by hand: a restart of Multus', () => {
  const judge = (when: string, evidence: Evidence) =>
    checks['survives-multus-restart'].judge(evidence, {when, survivor, newcomer: fresh, order: null} as never)
  const good = {kept: json(podOf('probe-1')), 'kept:default/lan': pings(3), fresh: json(podOf('fresh'))}

  test('is survived when the old pod keeps its way and a new one attaches', () => {
    expect(judge('afterwards', good)).toEqual({
      status: 'pass',
      summary: 'probe-1 reached probe-2 over default/lan; fresh attached to default/lan',
    })
  })

  test('is not, when a new pod is Ready with eth0 only', () => {
    expect(judge('afterwards', {...good, fresh: json(podOf('fresh', {networks: []}))})).toMatchObject({
      status: 'fail',
      summary: 'fresh is Ready with no network in place of default/lan',
      fix: 'k8s-local repair',
    })
  })

  test('is not, when traffic stops meanwhile; one lost ping is the machine', () => {
    expect(judge('meanwhile', {...good, 'kept:default/lan': pings(59, 60)}).status).toBe('pass')
    expect(judge('meanwhile', {...good, 'kept:default/lan': pings(40, 60)})).toMatchObject({
      status: 'fail',
      evidence: ['default/lan: 40 of 60 pings came back'],
    })
  })

  test('is not, when the old pod is gone', () => {
    expect(judge('afterwards', {...good, kept: unseen})).toMatchObject({status: 'fail'})
  })
})

describe('by hand: a restart of the CNI', () => {
  const order = {nodes: ['w1'], mode: 'thin', confFile: '05-cilium.conflist'}
  const conf = '{"cniVersion":"0.3.1","name":"cilium","plugins":[{"type":"cilium-cni"}]}'
  const multus = `{"type":"multus","delegates":[${conf}]}`
  const heads = (first: string) =>
    `==> /etc/cni/net.d/00-multus.conf <==\n${first}\n\n==> /etc/cni/net.d/05-cilium.conflist <==\n${conf}\n`
  const good = {
    kept: json(podOf('probe-1')),
    'kept:default/lan': pings(3),
    fresh: json(podOf('fresh')),
    'files:w1': text('00-multus.conf\n05-cilium.conflist\n'),
    'texts:w1': text(heads(multus), 1),
  }
  const judge = (evidence: Evidence) =>
    checks['survives-cni-restart'].judge(evidence, {
      when: 'afterwards',
      agents: {kind: 'DaemonSet', namespace: 'kube-system', name: 'cilium'},
      survivor,
      newcomer: fresh,
      order,
    } as never)

  test('is survived when Multus still comes first', () => {
    expect(judge(good)).toMatchObject({status: 'pass', summary: expect.stringContaining('comes first on 1 nodes')})
  })

  test('is not, when Cilium has renamed the file of Multus: that is named, not the pod without an interface', () => {
    const renamed = {'files:w1': text('00-multus.conf.cilium_bak\n05-cilium.conflist\n')}
    expect(judge({...good, ...renamed, fresh: json(podOf('fresh', {networks: []}))})).toMatchObject({
      status: 'fail',
      summary: expect.stringMatching(/^w1: .*cilium/),
    })
  })
})

describe('by hand: pods that come and go', () => {
  const multus = json({
    items: [
      {
        metadata: {creationTimestamp: '2026-01-01T00:01:00Z'},
        spec: {nodeName: 'w1'},
        status: {containerStatuses: [{state: {running: {startedAt: '2026-01-01T00:01:05Z'}}}]},
      },
    ],
  })
  const ended = (name: string, exitCode: number, startedAt: string): Json => ({
    metadata: {name},
    spec: {nodeName: 'w1'},
    status: {containerStatuses: [{state: {terminated: {exitCode, startedAt}}}]},
  })
  const judge = (pods: readonly Json[], other: Evidence = {multus}) =>
    checks['no-pod-without-interface'].judge({pods: json({items: pods}), ...other}, {
      networks: ['default/lan'],
    } as never)
  const whole = ['a', 'b', 'c'].map((name) => ended(name, 0, '2026-01-01T00:00:40Z'))

  test('each with its interface pass', () => {
    expect(judge(whole)).toMatchObject({status: 'pass', summary: expect.stringContaining('3 pods started and ended')})
  })

  test('that lack it while Multus is replaced on their node are the race of upstream: named, and a warning', () => {
    expect(judge([...whole, ended('d', 42, '2026-01-01T00:01:02Z')])).toMatchObject({
      status: 'warn',
      summary: '1 of 4 pods ran without net1 while Multus was replaced on their node: d on w1',
      cause: expect.stringContaining('multus #1387'),
      fix: expect.stringContaining('k8s-local repair'),
    })
  })

  test('that lack it at another moment fail, and so do all when Multus does not come back', () => {
    const late = [...whole, ended('d', 42, '2026-01-01T00:02:00Z')]
    expect(judge(late)).toMatchObject({status: 'fail', summary: expect.stringContaining('though Multus was there')})
    expect(judge([...whole, ended('d', 42, '2026-01-01T00:01:02Z')], {multus: json({items: []})}).status).toBe('fail')
  })

  test('of which none ended prove nothing', () => {
    expect(judge([]).status).toBe('error')
  })
})

describe('by hand: a restart of nodes', () => {
  const subject = {
    namespace: 'v',
    nodes: [{name: 'w1', address: '172.18.0.3', nics: [{interface: 'eth1', address: '172.30.0.3'}]}],
    pods: [{pod: 'probe-1', node: 'w1', networks: ['default/lan']}],
    survivor,
  }
  const node = (address: string, status = 'True') =>
    json({
      status: {addresses: [{type: 'InternalIP', address}], conditions: [{type: 'Ready', status}]},
    })
  const seconds = Date.parse('2026-01-01T00:10:00Z') / 1000
  const good: Evidence = {
    pods: json({items: [podOf('probe-1')]}),
    'node:w1': node('172.18.0.3'),
    'age:w1': text('    60\n'),
    'clock:w1': text(`${seconds + 50}\n`),
    'addresses:w1': text('2: eth0    inet 172.18.0.3/16\n3: eth1    inet 172.30.0.3/24\n'),
    kept: json(podOf('probe-1')),
    'kept:default/lan': pings(3),
  }
  const judge = (other: Evidence = {}) => checks['survives-node-restart'].judge({...good, ...other}, subject)

  test('is survived when NICs, addresses and pods with their interfaces are back', () => {
    expect(judge()).toEqual({
      status: 'pass',
      summary: '1 NICs with their addresses and 1 pods with their interfaces are back, probe-1 reaches probe-2',
    })
  })

  test.each([
    [
      'a NIC has moved',
      {'addresses:w1': text('3: eth2    inet 172.30.0.3/24\n')},
      'eth1 of w1 had 172.30.0.3, and it is on eth2',
    ],
    ['a NIC is gone', {'addresses:w1': text('2: eth0    inet 172.18.0.3/16\n')}, 'eth1 of w1 had 172.30.0.3, and no'],
    ['the node has another address', {'node:w1': node('172.30.0.3')}, 'w1 had the InternalIP 172.18.0.3, and has'],
    ['the node is not Ready', {'node:w1': node('172.18.0.3', 'Unknown')}, 'w1 is not Ready again'],
    [
      'a pod runs in the memory of the API only',
      {pods: json({items: [podOf('probe-1', {since: '2026-01-01T00:09:00Z'})]})},
      'probe-1 on w1 has not come back since the node was started',
    ],
    [
      'a pod came back without its interface',
      {pods: json({items: [podOf('probe-1', {networks: []})]})},
      'probe-1 on w1 came back with no network in place of default/lan',
    ],
    ['a pod is gone', {pods: json({items: []})}, 'probe-1 on w1 is gone'],
    ['the API is away', {pods: unseen}, 'the API does not answer: no answer within 10 s'],
    ['pods no longer reach each other', {'kept:default/lan': pings(0)}, 'probe-1 has lost its way to probe-2'],
  ])('is not, when %s', (_, other, summary) => {
    expect(judge(other as Evidence)).toMatchObject({status: 'fail', summary: expect.stringContaining(summary)})
  })
})

describe('by hand: Multus removed and installed again', () => {
  const multus = json({metadata: {creationTimestamp: '2026-01-01T00:10:30Z'}})
  const judge = (plain: Json, annotated: Json = podOf('again')) =>
    checks['survives-uninstall'].judge(
      {multus, plain: json(plain), annotated: json(annotated)},
      {
        nodes: [],
        order: null,
        plain: {...fresh, pod: 'plain', networks: []},
        annotated: {...fresh, pod: 'again'},
      },
    )

  test('is survived when a plain pod starts in between, and an annotated one attaches afterwards', () => {
    expect(judge(podOf('plain', {networks: []})).status).toBe('pass')
  })

  test('is not, when the plain pod starts only after Multus is back', () => {
    expect(judge(podOf('plain', {networks: [], since: '2026-01-01T00:10:50Z'}))).toMatchObject({
      status: 'fail',
      summary: 'plain did not start while Multus was uninstalled',
      cause: expect.stringContaining('multus #1429'),
    })
  })

  test('is not, when the annotated pod does not attach afterwards', () => {
    expect(judge(podOf('plain', {networks: []}), podOf('again', {networks: []})).summary).toContain(
      'again is Ready with no network',
    )
  })
})
