import {describe, expect, test} from 'vitest'
import {checks} from '../../src/checks/index.ts'
import type {Evidence, Seen} from '../../src/steps/check-request.ts'
import {json, text, unseen} from './recorded.ts'

describe('by hand: addresses of pods that are gone', () => {
  const id = 'a'.repeat(64)
  const file = '/run/cni/networks/lan/10.0.0.5'
  const born = json({metadata: {creationTimestamp: '2026-01-01T00:00:00Z'}})
  const since = Date.parse('2026-01-01T00:00:00Z') / 1000
  const pool = (podref: string) => json({items: [{spec: {range: '172.30.0.0/24', allocations: {'5': {podref}}}}]})
  const good: Evidence = {
    namespace: born,
    pools: pool('v/probe-1'),
    blocks: unseen,
    'leases:w1': text(`${since + 9}.5 ${file}\n`, 1),
    'holders:w1': text(`${file}:${id}\n`, 1),
    'sandboxes:w1': text(`${id}\n`),
  }
  const judge = (other: Evidence = {}) =>
    checks['addresses-returned'].judge({...good, ...other}, {namespace: 'v', nodes: ['w1']} as never)

  test('are free, while pods that run keep theirs', () => {
    expect(judge()).toEqual({status: 'pass', summary: '50 pods came and went, and left no address behind'})
  })

  test.each([
    ['whereabouts', {pools: pool('v/lease-7')}, 'whereabouts, 172.30.0.0/24: v/lease-7'],
    [
      'Calico',
      {
        blocks: json({
          items: [{spec: {cidr: '10.244.1.0/26', attributes: [{secondary: {namespace: 'v', pod: 'lease-3'}}]}}],
        }),
      },
      'Calico, 10.244.1.0/26: lease-3',
    ],
    ['host-local', {'sandboxes:w1': text('')}, `host-local on w1: ${file}`],
  ])('are not, when %s keeps one', (_, other, line) => {
    expect(judge(other as Evidence)).toMatchObject({
      status: 'fail',
      evidence: [line],
      fix: 'k8s-local repair frees them',
    })
  })

  test('a lease that is older than the run is none of its doing', () => {
    expect(judge({'sandboxes:w1': text(''), 'leases:w1': text(`${since - 60} ${file}\n`)}).status).toBe('pass')
  })
})

describe('by hand: what is left of older runs', () => {
  const none = json({items: []})
  const good: Evidence = {
    namespaces: json({items: [{metadata: {name: 'k8s-local-verify-now'}}]}),
    pods: none,
    pools: none,
  }
  const judge = (other: Evidence = {}) =>
    checks['nothing-left'].judge({...good, ...other}, {namespace: 'k8s-local-verify-now'})
  const old = (metadata: object) => json({items: [{metadata: {name: 'k8s-local-verify-old', ...metadata}}]})
  const lease = (podref: string) => json({items: [{spec: {allocations: {'1': {podref}}}}]})

  test('is nothing, of this run itself and of one whose namespace is ending', () => {
    expect(judge().status).toBe('pass')
    expect(judge({namespaces: old({deletionTimestamp: '2026-01-01T00:00:00Z'})}).status).toBe('pass')
  })

  test('is a namespace, with the command that removes it', () => {
    expect(judge({namespaces: old({})})).toMatchObject({
      status: 'fail',
      summary: 'of older runs namespace k8s-local-verify-old is left',
      fix: 'k8s-local verify --cleanup',
    })
  })

  test('is an object in a namespace of somebody else', () => {
    expect(judge({pods: json({items: [{metadata: {namespace: 'default', name: 'p'}}]})}).summary).toContain(
      'object default/p',
    )
  })

  test('is an address, which repair frees', () => {
    expect(judge({pools: lease('k8s-local-verify-old/probe-1')})).toMatchObject({
      summary: 'of older runs address of k8s-local-verify-old/probe-1 is left',
      fix: 'k8s-local repair',
    })
  })
})

describe('by hand: verdicts that are asked for several times', () => {
  const verdicts = (...statuses: readonly ('pass' | 'fail' | 'error')[]): Seen => ({
    type: 'verdict',
    verdicts: statuses.map((status) => ({status, summary: status})),
  })
  const judge = (seen: Seen) =>
    checks['same-verdicts'].judge({0: seen}, {again: [{check: 'multus-first', subject: null, label: 'w1'}]})

  test('pass when they stay; one that could not be made is none', () => {
    expect(judge(verdicts('pass', 'pass', 'pass'))).toEqual({status: 'pass', summary: '1 verdicts, 3 times the same'})
    expect(judge(verdicts('fail', 'error', 'fail')).status).toBe('pass')
  })

  test('fail when one changes, with what was said each time', () => {
    expect(judge(verdicts('pass', 'fail', 'pass'))).toMatchObject({
      status: 'fail',
      evidence: ['multus-first of w1: pass (pass), then fail (fail), then pass (pass)'],
    })
  })

  test('is an error where nobody could ask', () => {
    expect(judge(unseen).status).toBe('error')
  })
})

describe('by hand: throughput', () => {
  const way = {network: 'default/lan', name: 'default/lan', nodes: 'same-node', from: 'a', to: 'b'}
  const key = 'default/lan:same-node'
  const ping: Seen = {type: 'ping', interface: 'net1', address: '', sent: 10, received: 10, averageMs: 0.05, output: ''}
  const good: Evidence = {
    [`ping:${key}`]: ping,
    [`server:${key}`]: text(''),
    [`tcp:${key}`]: text('{"end": {"sum_received": {"bits_per_second": 4000000000.4}}}'),
  }
  const judge = (other: Evidence = {}, baseline: object | null = null) =>
    checks.throughput.judge({...good, ...other}, {namespace: 'v', ways: [way], baseline} as never)

  test('is a table for people, and measures for programs', () => {
    expect(judge()).toEqual({
      status: 'pass',
      summary: 'default/lan same node 4.00 Gbit/s',
      evidence: ['network      way        TCP          round trip', 'default/lan  same node  4.00 Gbit/s  0.05 ms'],
      measures: [
        {name: 'throughput/default/lan/same-node', value: 4000000000, unit: 'bit/s'},
        {name: 'round-trip/default/lan/same-node', value: 0.05, unit: 'ms'},
      ],
    })
  })

  test('fails where nothing is carried, with what iperf3 says', () => {
    const dead = {[`tcp:${key}`]: text('{"error": "unable to connect to server: Connection timed out"}', 1)}
    expect(judge(dead)).toMatchObject({
      status: 'fail',
      summary: 'nothing was carried over default/lan same node',
      cause: 'unable to connect to server: Connection timed out',
    })
  })

  test('fails as its own check where it is worse than before', () => {
    const before = {name: 'throughput/default/lan/same-node', value: 8e9, unit: 'bit/s'}
    expect(judge({}, {file: 'base.json', tolerance: 0.2, measures: [before]})).toMatchObject({
      status: 'fail',
      summary: expect.stringContaining('8.00 Gbit/s before, 4.00 Gbit/s now'),
    })
  })

  test('cannot be judged where pods are not Ready, of which another check says why', () => {
    const unready: Seen = {type: 'failed', reason: 'pod v/b is not Ready', unready: 'v/b'}
    const all = Object.fromEntries(Object.keys(good).map((name) => [name, unready]))
    expect(judge(all).status).toBe('error')
  })
})

describe('by hand: the time until a pod is attached', () => {
  const kinds = [{name: '1-network', networks: ['default/lan']}]
  const starts = (...ready: readonly (number | null)[]): Seen => ({
    type: 'start-times',
    pods: ready.map((one, index) => ({pod: `start-1-network-${index + 1}`, sandbox: one, ready: one})),
  })
  const judge = (seen: Seen, carrier: Seen = unseen) =>
    checks['attach-latency'].judge({starts: seen, carrier}, {kinds, baseline: null, carrier: 'probe-1'} as never)

  test('is told as median and slowest', () => {
    expect(judge(starts(1, 3, 2)).measures).toEqual([
      {name: 'start/1-network/sandbox/p50', value: 2, unit: 's'},
      {name: 'start/1-network/sandbox/p99', value: 3, unit: 's'},
      {name: 'start/1-network/ready/p50', value: 2, unit: 's'},
      {name: 'start/1-network/ready/p99', value: 3, unit: 's'},
    ])
  })

  test.each([
    ['does not come', starts(1, null), 'start-1-network-2'],
    ['takes longer than ten seconds', starts(11, 1), 'start-1-network-1'],
  ])('fails where one %s', (_, seen, pod) => {
    expect(judge(seen)).toMatchObject({status: 'fail', summary: expect.stringContaining(`within 10 s: ${pod}`)})
  })

  test('is not judged where no pod of these networks has started', () => {
    expect(judge(starts(null), json({status: {}}))).toEqual({
      status: 'skip',
      summary: 'probe-1 has not started: see attach-ready',
    })
  })
})
