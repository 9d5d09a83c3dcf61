import {describe, expect, test} from 'vitest'
import type {Seen} from '../../src/steps/check-request.ts'
import {judge, json, recorded, text, textOf, unseen, valueOf} from './recorded.ts'

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

describe('attachment-real', () => {
  test.each([
    ['thin-macvlan-host-local', 'net1 172.30.1.100 on default/macvlan-hostlocal'],
    ['thin-macvlan-whereabouts', 'net1 172.30.1.151 on default/macvlan-whereabouts'],
    ['thin-bridge', 'net1 172.31.9.2 on default/bridge-hostlocal'],
    ['thick-first-pod', 'net1 172.30.1.142 on default/macvlan-hostlocal'],
  ])('%s passes with interface, address and network', (name, summary) => {
    expect(judge('attachment-real', name)).toEqual({status: 'pass', summary})
  })

  test('static addresses pass wherever they are', () => {
    expect(judge('attachment-real', 'thin-macvlan-static').status).toBe('pass')
  })

  test.each([
    ['not-ready-plugin', 'f-plugin is not Ready (ContainerCreating): the plugin nosuchplugin is not on the node'],
    [
      'not-ready-pool2',
      'f-pool2 is not Ready (ContainerCreating): every address of 172.30.1.220-172.30.1.220 is taken',
    ],
  ])('%s fails with the cause behind the event', (name, summary) => {
    const verdict = judge('attachment-real', name)

    expect(verdict).toMatchObject({status: 'fail', summary})
    expect(verdict.fix).toBeDefined()
    expect(verdict.evidence?.[0]).toContain('failed (add)')
  })

  const name = 'thin-macvlan-host-local'
  const change = (key: 'addresses' | 'links', from: string, to: string): Record<string, Seen> => ({
    [key]: text(textOf('attachment-real', name, key).replaceAll(from, to)),
  })

  test('by hand: a pod that failed for another reason fails with that', () => {
    const events = json({
      items: [
        {
          type: 'Warning',
          reason: 'Failed',
          message: 'Failed to pull image "probe": not found',
          lastTimestamp: '2026-11-22T04:00:00Z',
        },
      ],
    })
    const {evidence} = recorded('attachment-real', 'not-ready-plugin')

    expect(judge('attachment-real', 'not-ready-plugin', {evidence: {...evidence, events}})).toMatchObject({
      status: 'fail',
      summary: 'f-plugin is not Ready (ContainerCreating)',
      cause: 'Failed to pull image "probe": not found',
      fix: 'kubectl -n default describe pod f-plugin',
    })
  })

  test('by hand: a Ready pod that Multus never saw fails, as under cni.exclusive', () => {
    const pod = valueOf('attachment-real', name, 'pod')
    const verdict = judge('attachment-real', name, {
      evidence: {pod: json({...pod, metadata: {...(pod['metadata'] as unknown as object), annotations: {}}})},
    })

    expect(verdict).toMatchObject({
      status: 'fail',
      summary: 'hl1 is Ready, but Multus never saw it: it has lo, eth0, net1',
    })
  })

  test('by hand: another network than asked for fails', () => {
    const networks = [{network: 'default/other', config: '', spansNodes: true}]

    expect(judge('attachment-real', name, {subject: {networks}})).toMatchObject({
      status: 'fail',
      summary: 'hl1 asked for default/other and got default/macvlan-hostlocal',
    })
  })

  test('by hand: an interface that is not in the pod fails', () => {
    expect(judge('attachment-real', name, {evidence: change('links', 'net1', 'net9')})).toMatchObject({
      status: 'fail',
      summary: 'network-status says net1 (default/macvlan-hostlocal), and the pod has no such interface',
    })
  })

  test('by hand: another address, another MAC, and an interface that is down fail, all told', () => {
    const evidence = {
      ...change('addresses', '172.30.1.100', '172.30.1.101'),
      ...change('links', '2a:b6:77:e6:05:d5', '2a:b6:77:e6:05:d6'),
    }
    const down = change('links', '<BROADCAST,MULTICAST,UP,LOWER_UP>', '<BROADCAST,MULTICAST>')

    expect(judge('attachment-real', name, {evidence}).evidence).toEqual([
      'network-status says net1 has MAC 2a:b6:77:e6:05:d5, inside it is 2a:b6:77:e6:05:d6',
      'network-status says net1 has 172.30.1.100, inside it is 172.30.1.101',
    ])
    expect(judge('attachment-real', name, {evidence: down}).summary).toBe('net1 is down')
  })

  const config = (ipam: object) => ({
    networks: [
      {
        network: 'default/macvlan-hostlocal',
        config: JSON.stringify({cniVersion: '0.3.1', type: 'macvlan', master: 'eth1', ipam}),
        spansNodes: true,
      },
    ],
  })

  test.each([
    [
      'host-local',
      {type: 'host-local', ranges: [[{subnet: '172.30.1.0/24', rangeStart: '172.30.1.110', rangeEnd: '172.30.1.120'}]]},
    ],
    ['host-local, flat', {type: 'host-local', subnet: '172.30.1.0/24', rangeStart: '172.30.1.110'}],
    [
      'whereabouts',
      {type: 'whereabouts', range: '172.30.1.0/24', range_start: '172.30.1.110', range_end: '172.30.1.120'},
    ],
    ['whereabouts, in one text', {type: 'whereabouts', range: '172.30.1.110-172.30.1.120/24'}],
    ['static', {type: 'static', addresses: [{address: '172.30.1.7/24'}]}],
  ])('by hand: an address outside the range of %s fails', (_, ipam) => {
    expect(judge('attachment-real', name, {subject: config(ipam)})).toMatchObject({
      status: 'fail',
      summary: '172.30.1.100 on net1 is outside the range of default/macvlan-hostlocal',
    })
  })

  test('by hand: the gateway’s address on a pod fails', () => {
    const ipam = {type: 'host-local', ranges: [[{subnet: '172.30.1.0/24', gateway: '172.30.1.100'}]]}

    expect(judge('attachment-real', name, {subject: config(ipam)})).toMatchObject({
      status: 'fail',
      summary: '172.30.1.100 on net1 is the gateway of default/macvlan-hostlocal',
    })
  })

  test('the same address on another node fails with the other pod, as host-local with one range gives it', () => {
    expect(judge('attachment-real', 'host-local-same-address-twice')).toMatchObject({
      status: 'fail',
      summary: '172.30.1.100 on default/macvlan-hostlocal is also the address of default/hl2',
      cause: 'host-local counts on each node by itself, and the nodes share one range',
    })
  })

  test('by hand: the same address on another node passes where the network does not span nodes, and on an ended pod', () => {
    const twice = recorded('attachment-real', 'host-local-same-address-twice')
    const networks = (twice.subject as {networks: {[key: string]: string | boolean}[]}).networks.map((network) => ({
      ...network,
      spansNodes: false,
    }))
    const ended = json(
      JSON.parse(
        JSON.stringify(valueOf('attachment-real', 'host-local-same-address-twice', 'pods')).replaceAll(
          '"phase":"Running"',
          '"phase":"Succeeded"',
        ),
      ),
    )

    expect(judge('attachment-real', 'host-local-same-address-twice', {subject: {networks}}).status).toBe('pass')
    expect(judge('attachment-real', 'host-local-same-address-twice', {evidence: {pods: ended}}).status).toBe('pass')
  })

  test.each(['pod', 'addresses', 'links'])('%s that cannot be looked at is an error', (key) => {
    expect(judge('attachment-real', name, {evidence: {[key]: unseen}}).status).toBe('error')
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
