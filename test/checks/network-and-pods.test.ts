import {describe, expect, test} from 'vitest'
import type {Seen} from '../../src/steps/check-request.ts'
import {judge, recorded, text, unseen} from './recorded.ts'

describe('network-valid', () => {
  test.each([
    ['macvlan-hostlocal', 'macvlan, addresses by host-local, cniVersion 0.3.1'],
    ['macvlan-whereabouts', 'macvlan, addresses by whereabouts, cniVersion 0.3.1'],
    ['whereabouts-on-a-cluster-of-ours', 'macvlan, addresses by whereabouts, cniVersion 0.3.1'],
    ['macvlan-static', 'macvlan, addresses by static, cniVersion 0.3.1'],
    ['bridge-hostlocal', 'bridge, addresses by host-local, cniVersion 0.3.1'],
  ])('%s passes', (name, summary) => {
    expect(judge('network-valid', name)).toEqual({status: 'pass', summary})
  })

  const nodes = ['lab-control-plane', 'lab-worker', 'lab-worker2']
  const everywhere = (config: string) => ({configs: Object.fromEntries(nodes.map((node) => [node, config]))})

  test.each([
    ['{"type":"macvlan",}', 'it is not JSON'],
    ['[]', 'it is not a JSON object'],
    ['{"cniVersion":"0.3.1","plugins":[]}', '"plugins" is an empty list'],
    ['{"cniVersion":"0.3.1"}', 'it has neither "type" nor "plugins"'],
    ['{"plugins":[{"type":"macvlan"},{}]}', 'plugin 2 has no "type"'],
  ])('by hand: %s fails', (config, fault) => {
    expect(judge('network-valid', 'bridge-hostlocal', {subject: everywhere(config)})).toMatchObject({
      status: 'fail',
      summary: expect.stringContaining(fault),
      fix: 'kubectl -n default edit net-attach-def bridge-hostlocal',
    })
  })

  test('by hand: a cniVersion that no plugin knows fails', () => {
    expect(
      judge('network-valid', 'bridge-hostlocal', {subject: everywhere('{"cniVersion":"2.0.0","type":"bridge"}')}),
    ).toMatchObject({status: 'fail', summary: 'cniVersion 2.0.0 is not known'})
  })

  test('by hand: a network whose configuration is on no node, or not on all, fails', () => {
    expect(judge('network-valid', 'bridge-hostlocal', {subject: {configs: {}}})).toMatchObject({
      status: 'fail',
      summary: 'default/bridge-hostlocal has no configuration on lab-control-plane, lab-worker, lab-worker2',
    })
    expect(
      judge('network-valid', 'bridge-hostlocal', {subject: {configs: {'lab-worker': '{"type":"bridge"}'}}}),
    ).toMatchObject({
      status: 'fail',
      summary: 'default/bridge-hostlocal has no configuration on lab-control-plane, lab-worker2',
    })
  })

  test('a type that is not ours is said, and passes', () => {
    expect(
      judge('network-valid', 'bridge-hostlocal', {
        subject: everywhere('{"cniVersion":"1.0.0","type":"mpls","ipam":{"type":"host-local"}}'),
      }).summary,
    ).toBe('mpls (not one of ours), addresses by host-local, cniVersion 1.0.0')
  })
})

describe('pods of two nodes', () => {
  const name = 'macvlan-across-nodes'
  const forth = recorded('reach-across-nodes', name).evidence['forth'] as Extract<Seen, {type: 'ping'}>

  test('passes with addresses, times and interface of both ways', () => {
    expect(judge('reach-across-nodes', name)).toEqual({
      status: 'pass',
      summary: 'p1 -> 172.30.1.201 0.24 ms by net1, p2 -> 172.30.1.100 0.24 ms by net1',
    })
  })

  test('by hand: one way fails with the cause that one way has', () => {
    const verdict = judge('reach-across-nodes', name, {
      evidence: {back: {...forth, address: '172.30.1.100', received: 0, averageMs: null}},
    })

    expect(verdict).toMatchObject({
      status: 'fail',
      summary: 'p2 does not reach 172.30.1.100 over net1',
      cause: expect.stringContaining('an address is used twice'),
    })
  })

  test('by hand: no way between nodes, and none on one node, fail with different causes', () => {
    const dead = {...forth, received: 0, averageMs: null}

    expect(judge('reach-across-nodes', name, {evidence: {forth: dead, back: dead}}).cause).toContain(
      'bridge-nf-call-iptables',
    )
    expect(
      judge('reach-across-nodes', name, {
        subject: {to: {pod: 'p2', node: 'lab-worker'}},
        evidence: {forth: dead, back: dead},
      }).cause,
    ).toContain('even on one node')
  })

  test('by hand: lost pings are a warning', () => {
    expect(judge('reach-across-nodes', name, {evidence: {forth: {...forth, sent: 3, received: 2}}})).toMatchObject({
      status: 'warn',
      summary: expect.stringContaining('1 of 5 pings lost'),
    })
  })

  test('an attachment that is not there is an error', () => {
    const reason = 'pod x/p1 has no attachment to default/macvlan-hostlocal'

    expect(judge('reach-across-nodes', name, {evidence: {forth: {type: 'failed', reason}}})).toEqual({
      status: 'error',
      summary: `could not look at the way from p1 to p2: ${reason}`,
    })
  })
})

describe('primary-unharmed', () => {
  const name = 'macvlan-pod'

  test('passes with route, address and time', () => {
    expect(judge('primary-unharmed', name)).toEqual({
      status: 'pass',
      summary:
        'default route by eth0, 10.244.2.4 in 0.21 ms, https://kubernetes.default.svc/readyz answers by 10.96.0.1 in 7 ms',
    })
  })

  test('passes without a peer', () => {
    expect(judge('primary-unharmed', name, {subject: {peer: ''}}).summary).toBe(
      'default route by eth0, https://kubernetes.default.svc/readyz answers by 10.96.0.1 in 7 ms',
    )
  })

  test.each([
    ['default via 172.30.1.1 dev net1 \n', 'net1'],
    ['default via 172.30.1.1 dev net1 \ndefault via 10.244.1.1 dev eth0 \n', 'net1 and eth0'],
    ['10.244.1.0/24 dev eth0 \n', 'nothing'],
  ])('by hand: routes %j fail', (routes, by) => {
    expect(judge('primary-unharmed', name, {evidence: {routes: text(routes)}})).toMatchObject({
      status: 'fail',
      summary: `the default route of hl1 leaves by ${by}, not by eth0 alone`,
    })
  })

  test('by hand: a service that does not answer fails, and one that answers otherwise', () => {
    expect(judge('primary-unharmed', name, {evidence: {service: text('000  5.001', 28)}})).toMatchObject({
      status: 'fail',
      summary: 'hl1 does not reach https://kubernetes.default.svc/readyz',
      cause: 'the DNS name does not resolve, or nothing answers',
    })
    expect(judge('primary-unharmed', name, {evidence: {service: text('500 10.96.0.1 0.010')}}).cause).toBe(
      '10.96.0.1 answers with status 500',
    )
  })

  test('by hand: a peer that does not answer over eth0 fails', () => {
    expect(
      judge('primary-unharmed', name, {
        evidence: {
          peer: {
            type: 'ping',
            interface: 'eth0',
            address: '10.244.2.4',
            sent: 2,
            received: 0,
            averageMs: null,
            output: '2 packets transmitted, 0 received',
          },
        },
      }),
    ).toMatchObject({status: 'fail', summary: 'hl1 does not reach hl2 at 10.244.2.4 over eth0'})
  })

  test('by hand: a lost ping is a warning', () => {
    expect(
      judge('primary-unharmed', name, {
        evidence: {
          peer: {
            type: 'ping',
            interface: 'eth0',
            address: '10.244.2.4',
            sent: 2,
            received: 1,
            averageMs: 0.2,
            output: '',
          },
        },
      }).status,
    ).toBe('warn')
  })

  test.each(['routes', 'service', 'peer'])('%s that cannot be looked at is an error', (key) => {
    expect(judge('primary-unharmed', name, {evidence: {[key]: unseen}}).status).toBe('error')
  })
})
