import {describe, expect, test} from 'vitest'
import type {CheckName} from '../../src/checks/index.ts'
import type {Seen} from '../../src/steps/check-request.ts'
import {judge, json, recorded, text, textOf, unseen, valueOf} from './recorded.ts'

describe.each<[CheckName, string, string]>([
  ['attach-ready', 'healthy', 'Ready with default/lan, default/wan after 10 s'],
  ['attach-ready', 'both-families', 'Ready with checks-attach-six/both after 3 s'],
  ['attach-listed', 'healthy', 'net1 of default/lan, net2 of default/wan'],
  ['attachment-real', 'healthy', 'net1 172.30.0.64 on default/lan, net2 172.30.1.64 on default/wan'],
  ['attachment-real', 'both-families', 'net1 10.77.0.10 fd00:77::10 on checks-attach-six/both'],
  ['attachment-real', 'thin-macvlan-host-local', 'net1 172.30.1.100 on default/macvlan-hostlocal'],
  ['attachment-real', 'thin-macvlan-whereabouts', 'net1 172.30.1.151 on default/macvlan-whereabouts'],
  ['attachment-real', 'thin-macvlan-static', 'net1 172.30.1.201 on default/macvlan-static'],
  ['attachment-real', 'thin-bridge', 'net1 172.31.9.2 on default/bridge-hostlocal'],
  ['attachment-real', 'thick-first-pod', 'net1 172.30.1.142 on default/macvlan-hostlocal'],
  ['address-unique', 'healthy', '172.30.0.64 on default/lan, 172.30.1.64 on default/wan'],
  ['address-unique', 'both-families', '10.77.0.10 fd00:77::10 on checks-attach-six/both'],
  ['address-requested', 'healthy', '198.18.2.77/24, MAC 02:00:c6:12:02:4d'],
  [
    'interface-mtu',
    'healthy',
    'net1 1500 (that of eth1 on dev-control-plane), net2 1500 (that of eth2 on dev-control-plane)',
  ],
  ['interface-mtu', 'both-families', 'net1 1400 (of the configuration)'],
  ['routes-declared', 'healthy', 'default by eth0; net1 172.30.0.0/24; net2 172.30.1.0/24'],
  ['routes-declared', 'both-families', 'default by eth0; net1 10.77.0.0/24, 10.78.0.0/24 via 10.77.0.1, fd00:77::/64'],
  ['ipv6-ready', 'both-families', 'net1 fd00:77::10'],
  ['many-networks', 'healthy', 'net1, net2, net3, net4 in the order asked for, the sandbox ready after 9 s'],
  [
    'workload-kinds',
    'healthy',
    'net1 in a Deployment, a StatefulSet, a Job, a pod with init container and sidecar; none in a pod with hostNetwork',
  ],
])('%s, %s', (check, name, summary) => {
  test('passes, and says what was seen', () => {
    expect(judge(check, name)).toEqual({status: 'pass', summary})
  })

  test('could not be judged where nothing was seen', () => {
    const {evidence} = recorded(check, name)
    const main = 'pod' in evidence ? 'pod' : 'pods'

    expect(judge(check, name, {evidence: {[main]: unseen}})).toMatchObject({status: 'error'})
  })
})

describe.each<CheckName>(['attach-listed', 'attachment-real', 'address-unique', 'interface-mtu', 'routes-declared'])(
  '%s',
  (check) => {
    const {pod} = recorded('attach-ready', 'not-ready-plugin').evidence

    test('leaves a pod that is not Ready to attach-ready', () => {
      expect(judge(check, 'healthy', {evidence: {pod: pod ?? unseen}})).toEqual({
        status: 'skip',
        summary: 'probe-1 is not Ready: see attach-ready',
      })
    })
  },
)

test.each<CheckName>(['attachment-real', 'address-unique', 'interface-mtu', 'routes-declared'])(
  'by hand: %s leaves a pod that Multus never saw to attach-listed',
  (check) => {
    expect(judge(check, 'healthy', {evidence: withoutStatus(check, 'healthy')})).toEqual({
      status: 'skip',
      summary: 'Multus has reported nothing of probe-1: see attach-listed',
    })
  },
)

describe.each<[CheckName, string, string]>([
  [
    'attach-ready',
    'range-too-small',
    'probe-1 is not Ready (ContainerCreating): whereabouts has no free address between 10.80.0.10 and 10.80.0.12',
  ],
  ['attach-listed', 'status-edited', 'probe-2 asked for default/lan, default/wan and got default/wan'],
  [
    'attachment-real',
    'changed-inside',
    'network-status gives net1 the MAC address e6:4e:b9:36:c5:62, and the pod has 02:00:00:00:00:99',
  ],
  ['attachment-real', 'renamed-inside', 'net1 of default/lan is not in the pod'],
  [
    'address-unique',
    'taken-by-another',
    '10.80.0.11 on net1 of checks-attach-bad/taken is also answered by f2:6b:48:d4:b5:11',
  ],
  ['interface-mtu', 'changed-inside', 'net1 of probe-2 has MTU 1400, and should have 1500: that of eth1 on dev-worker'],
  [
    'routes-declared',
    'changed-inside',
    'the default route of probe-2 leaves by net1 of default/lan, which it did not ask for',
  ],
  [
    'routes-declared',
    'tentative',
    'there is no route of probe-2 by net1 to 10.78.0.0/24, which checks-attach-six/both declares',
  ],
  ['ipv6-ready', 'tentative', 'fd00:77::1e on net1 is still tentative'],
  ['many-networks', 'third-taken-away', 'net3 of many-networks is reported, and not in the pod'],
])('%s, %s', (check, name, summary) => {
  test('fails, and says what is wrong', () => {
    expect(judge(check, name)).toMatchObject({status: 'fail', summary})
  })
})

describe('attach-ready', () => {
  test.each([
    ['not-ready-plugin', 'f-plugin is not Ready (ContainerCreating): the plugin nosuchplugin is not on the node'],
    [
      'not-ready-pool2',
      'f-pool2 is not Ready (ContainerCreating): every address of 172.30.1.220-172.30.1.220 is taken',
    ],
  ])('%s fails with the cause behind the event', (name, summary) => {
    const verdict = judge('attach-ready', name)

    expect(verdict).toMatchObject({status: 'fail', summary})
    expect(verdict.fix).toBeDefined()
    expect(verdict.evidence?.[0]).toContain('failed (add)')
  })

  test('by hand: a pod that failed for another reason fails with that', () => {
    const message = 'Failed to pull image "probe": not found'
    const events = json({
      items: [{type: 'Warning', reason: 'Failed', message, lastTimestamp: '2026-11-22T04:00:00Z'}],
    })

    expect(judge('attach-ready', 'not-ready-plugin', {evidence: {events}})).toMatchObject({
      status: 'fail',
      summary: 'f-plugin is not Ready (ContainerCreating)',
      cause: message,
      fix: 'kubectl -n default describe pod f-plugin',
    })
  })
})

describe('attach-listed', () => {
  test('by hand: a Ready pod that Multus never saw fails, as under cni.exclusive', () => {
    expect(judge('attach-listed', 'healthy', {evidence: withoutStatus('attach-listed', 'healthy')})).toMatchObject({
      status: 'fail',
      summary: 'probe-1 is Ready, but Multus never saw it: it has the primary network alone',
    })
  })

  test('by hand: another network than asked for, and another order, fail', () => {
    const networks = (names: readonly string[]) =>
      names.map((network) => ({network, config: '', spansNodes: true})) as unknown as never

    expect(judge('attach-listed', 'healthy', {subject: {networks: networks(['default/other'])}})).toMatchObject({
      status: 'fail',
      summary: 'probe-1 asked for default/other and got default/lan, default/wan',
    })
    expect(
      judge('attach-listed', 'healthy', {subject: {networks: networks(['default/wan', 'default/lan'])}}).status,
    ).toBe('fail')
  })

  test('by hand: an interface of another name fails', () => {
    expect(
      judge('attach-listed', 'healthy', {evidence: inPod('attach-listed', '\\"net2\\"', '\\"lan0\\"')}),
    ).toMatchObject({
      status: 'fail',
      summary: 'default/wan of probe-1 is on lan0, not on net2',
    })
  })
})

describe('attachment-real', () => {
  const change = (key: string, from: string, to: string) => changed('attachment-real', 'both-families', key, from, to)

  test('an interface under another name fails with both names', () => {
    expect(judge('attachment-real', 'renamed-inside').evidence).toEqual([
      'net1 of default/lan is not in the pod',
      'lost1 is in the pod, and network-status does not name it',
    ])
  })

  test('by hand: another address of either family, and an interface that is down, fail', () => {
    const ipv4 = change('addresses', '10.77.0.10/', '10.77.0.11/')
    const ipv6 = change('addresses', 'fd00:77::10/', 'fd00:77::11/')
    const down = change('links', '<BROADCAST,MULTICAST,UP,LOWER_UP>', '<BROADCAST,MULTICAST>')

    expect(judge('attachment-real', 'both-families', {evidence: ipv4}).summary).toBe(
      'network-status gives net1 10.77.0.10, fd00:77::10, and the pod has 10.77.0.11, fd00:77::10',
    )
    expect(judge('attachment-real', 'both-families', {evidence: ipv6}).status).toBe('fail')
    expect(judge('attachment-real', 'both-families', {evidence: down}).evidence).toContain('net1 is down')
  })

  test.each(['addresses', 'links'])('%s that cannot be looked at is an error', (key) => {
    expect(judge('attachment-real', 'healthy', {evidence: {[key]: unseen}}).status).toBe('error')
  })
})

describe('many-networks', () => {
  test('by hand: another order than asked for fails, and a slow sandbox is a warning', () => {
    const slow = inPod('many-networks', '"type":"PodReadyToStartContainers"', '"type":"Other"')

    expect(
      judge('many-networks', 'healthy', {evidence: inPod('many-networks', 'verify-many-3\\"', 'verify-many-9\\"')}),
    ).toMatchObject({
      status: 'fail',
      summary: 'many-networks got other networks than it asked for, or in another order',
    })
    expect(judge('many-networks', 'healthy', {evidence: slow}).summary).toBe(
      'net1, net2, net3, net4 in the order asked for',
    )
    expect(judge('many-networks', 'healthy', {evidence: madeEarlier('many-networks', 20)}).status).toBe('warn')
  })
})

describe('workload-kinds', () => {
  type Item = {
    metadata: {labels: Record<string, string>; annotations?: Record<string, string>}
    status: Record<string, unknown>
  }
  const change = (kind: string, edit: (pod: Item) => Item): Record<string, Seen> => {
    const {items} = valueOf('workload-kinds', 'healthy', 'pods') as unknown as {items: Item[]}
    return {
      pods: json({
        items: items.map((pod) =>
          pod.metadata.labels['k8s-local.dev/shows'] === kind ? edit(structuredClone(pod)) : pod,
        ),
      }),
    }
  }
  const without = (pod: Item): Item => ({...pod, metadata: {...pod.metadata, annotations: {}}})

  test.each(['deployment', 'stateful-set', 'job', 'sidecar'])('by hand: a %s without its network fails', (kind) => {
    expect(judge('workload-kinds', 'healthy', {evidence: change(kind, without)})).toMatchObject({
      status: 'fail',
      summary: expect.stringMatching(`^shows-${kind}.* runs without the network that it asked for$`),
    })
  })

  test('by hand: a container that ended badly fails: it saw no interface', () => {
    const blind = change('job', (pod) => ({
      ...pod,
      status: {...pod.status, phase: 'Failed', containerStatuses: [{state: {terminated: {exitCode: 1}}}]},
    }))

    expect(judge('workload-kinds', 'healthy', {evidence: blind}).summary).toMatch(
      /^a container of shows-job-\S+ ran, and saw no net1$/,
    )
  })

  test('by hand: a pod with hostNetwork that got another address fails, and one that is not there', () => {
    const other = change('host-network', (pod) => ({...pod, status: {...pod.status, podIP: '10.244.1.9'}}))
    const gone = change('host-network', (pod) => ({...pod, metadata: {...pod.metadata, labels: {}}}))

    expect(judge('workload-kinds', 'healthy', {evidence: other}).summary).toContain('its address is 10.244.1.9')
    expect(judge('workload-kinds', 'healthy', {evidence: gone}).summary).toBe(
      'a pod with hostNetwork has not come to be',
    )
  })
})

describe('interface-mtu', () => {
  test('by hand: an MTU of 1500 is expected where neither configuration nor master say one', () => {
    const networks = [{network: 'default/lan', config: '{"type":"bridge"}', spansNodes: false}] as unknown as never

    expect(judge('interface-mtu', 'healthy', {subject: {networks}}).summary).toBe("net1 1500 (the kernel's own)")
  })

  test('by hand: tuning behind the plugin has the last word, and a master without a name is that of the default route', () => {
    const config = '{"plugins":[{"type":"macvlan","mtu":1450},{"type":"tuning","mtu":1300}]}'
    const networks = [
      {network: 'default/lan', config, spansNodes: true},
      {network: 'default/wan', config: '{"type":"macvlan"}', spansNodes: true},
    ] as unknown as never

    expect(judge('interface-mtu', 'healthy', {subject: {networks}}).evidence).toEqual([
      'net1 of probe-1 has MTU 1500, and should have 1300: of the configuration',
    ])
  })

  test('by hand: says so where nothing is known of a type', () => {
    const networks = [{network: 'default/lan', config: '{"type":"mpls"}', spansNodes: false}] as unknown as never

    expect(judge('interface-mtu', 'healthy', {subject: {networks}}).status).toBe('skip')
  })
})

describe('routes-declared', () => {
  const routes = (from: string, to: string) => changed('routes-declared', 'both-families', 'routes', from, to)

  test.each([
    [
      '10.78.0.0/24 via 10.77.0.1',
      '10.78.0.0/24 via 10.77.0.9',
      /goes through 10\.77\.0\.9, and .* declares through 10\.77\.0\.1/,
    ],
    ['10.78.0.0/24', '10.99.0.0/24', /to 10\.99\.0\.0\/24 is not declared/],
    ['default via', 'default dev net1 \ndefault via', /default route of probe-2 leaves by net1/],
  ])('by hand: %j as %j fails', (from, to, words) => {
    expect(judge('routes-declared', 'both-families', {evidence: routes(from, to)})).toMatchObject({
      status: 'fail',
      summary: expect.stringMatching(words),
    })
  })

  test('by hand: a network that declares a default route takes it away from the primary, which the pod did not ask for', () => {
    const networks = [
      {
        network: 'default/lan',
        config: '{"type":"macvlan","ipam":{"type":"static","routes":[{"dst":"0.0.0.0/0"}]}}',
        spansNodes: true,
      },
    ] as unknown as never
    const evidence = changed(
      'routes-declared',
      'healthy',
      'routes',
      'default via',
      'default via 172.30.0.1 dev net1 \ndefault via',
    )

    expect(judge('routes-declared', 'healthy', {subject: {networks}, evidence}).cause).toBe(
      'default/lan brings a default route of its own',
    )
  })

  test('by hand: ptp reaches its subnet through the gateway, and a plugin that moves routes may do as it likes', () => {
    const subject = (config: string) => ({
      networks: [{network: 'default/lan', config, spansNodes: false}] as unknown as never,
    })
    const evidence = changed(
      'routes-declared',
      'healthy',
      'routes',
      '172.30.0.0/24 dev net1',
      '172.30.0.1 dev net1 scope link src 172.30.0.64 \n172.30.0.0/24 via 172.30.0.1 dev net1',
    )
    const sbr = '{"plugins":[{"type":"macvlan"},{"type":"sbr"}]}'
    const moved = changed('routes-declared', 'healthy', 'routes', '172.30.0.0/24 dev net1', '192.0.2.0/24 dev net1')

    expect(judge('routes-declared', 'healthy', {subject: subject('{"type":"ptp"}'), evidence}).status).toBe('pass')
    expect(judge('routes-declared', 'healthy', {subject: subject(sbr), evidence: moved}).status).toBe('pass')
    expect(judge('routes-declared', 'healthy', {evidence: moved}).evidence).toHaveLength(2)
  })
})

describe('ipv6-ready', () => {
  const flags = (words: string) =>
    changed(
      'ipv6-ready',
      'both-families',
      'addresses',
      'fd00:77::10/64 scope global',
      `fd00:77::10/64 scope global ${words}`,
    )

  test.each([
    ['tentative', 'fd00:77::10 on net1 is still tentative'],
    ['dadfailed tentative', 'fd00:77::10 on net1 is refused by the kernel as a duplicate'],
  ])('by hand: an address that is %s fails', (words, summary) => {
    expect(judge('ipv6-ready', 'both-families', {evidence: flags(words)})).toMatchObject({status: 'fail', summary})
  })

  test('by hand: no address of IPv6 at all fails', () => {
    const evidence = changed('ipv6-ready', 'both-families', 'addresses', 'net1    inet6 fd00', 'net9    inet6 fd00')

    expect(judge('ipv6-ready', 'both-families', {evidence}).summary).toBe('probe-2 has no IPv6 address on its networks')
  })
})

function withoutStatus(check: CheckName, name: string): Record<string, Seen> {
  const pod = valueOf(check, name, 'pod')
  return {pod: json({...pod, metadata: {...(pod['metadata'] as unknown as object), annotations: {}}})}
}

/** The pod of `healthy` with a text of its JSON replaced. */
function inPod(check: CheckName, from: string, to: string): Record<string, Seen> {
  const before = JSON.stringify(valueOf(check, 'healthy', 'pod'))
  const after = before.replaceAll(from, to)
  if (after === before) throw new Error(`${from} is not in the pod`)
  return {pod: json(JSON.parse(after))}
}

/** The pod of `healthy`, made so many seconds earlier. */
function madeEarlier(check: CheckName, seconds: number): Record<string, Seen> {
  const pod = valueOf(check, 'healthy', 'pod') as unknown as {metadata: {creationTimestamp: string}}
  const made = new Date(Date.parse(pod.metadata.creationTimestamp) - seconds * 1000).toISOString()
  return {pod: json({...pod, metadata: {...pod.metadata, creationTimestamp: made}})}
}

function changed(check: CheckName, name: string, key: string, from: string, to: string): Record<string, Seen> {
  const before = textOf(check, name, key)
  if (!before.includes(from)) throw new Error(`${from} is not in ${before}`)
  return {[key]: text(before.replaceAll(from, to))}
}
