import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {parseNetworkConfig} from '../../src/checks/network-config.ts'
import {addNetwork} from '../../src/plan/add-network.ts'
import type {TargetFacts} from '../../src/plan/facts.ts'
import {siteOfTarget} from '../../src/plan/network-site.ts'
import {resolveNetwork} from '../../src/plan/resolve-network.ts'
import type {ResolvedNetwork} from '../../src/plan/resolved-network.ts'
import {spansOverlap} from '../../src/spec/address.ts'
import type {NetworkSpec} from '../../src/spec/network-spec.ts'
import {bundleArtifacts, givenArtifact} from './given.ts'
import {givenNetwork, givenNode, givenPod, givenTarget, macvlanConfig} from './given-target.ts'
import {planText} from './plan-text.ts'
import {problemOf} from './problem-of.ts'

function spec(other: Partial<NetworkSpec> = {}): NetworkSpec {
  return {type: 'macvlan', name: 'blue', namespace: 'default', ...other}
}

function resolve(other: Partial<NetworkSpec> = {}, facts: Partial<TargetFacts> = {}): ResolvedNetwork {
  return resolveNetwork(spec(other), siteOfTarget(givenTarget(facts)))
}

const withWhereabouts = {plugins: ['bridge', 'host-local', 'macvlan', 'whereabouts']}

describe('the plan of net add', () => {
  test.each([
    ['macvlan-whereabouts', spec(), {}],
    ['macvlan-slices', spec({ipam: 'host-local'}), {}],
    ['bridge', spec({type: 'bridge'}), {}],
  ] as const)('%s', async (name, asked, facts) => {
    await expect(planText(addNetwork({spec: asked}, givenTarget(facts)).plan)).toMatchFileSnapshot(
      `../golden/plans/net-add-${name}.txt`,
    )
  })

  test('installs nothing that is there', () => {
    expect(addNetwork({spec: spec()}, givenTarget(withWhereabouts)).plan.steps.map(({id}) => id)).toEqual([
      'network:default/blue',
    ])
  })

  test('pulls the image of whereabouts where there is no bundle', () => {
    const whereabouts = givenArtifact('whereabouts', 'image', 'v0.9.4', {origin: {kind: 'online', source: 'x'}})
    const {plan} = addNetwork({spec: spec()}, givenTarget({artifacts: [whereabouts]}))

    expect(plan.steps[0]?.action.type).toBe('pull-images')
    expect(plan.steps.find(({id}) => id === 'import:ipam')?.after).toEqual(['pull:ipam'])
  })

  test('copies plugins that the nodes lack', () => {
    const {plan} = addNetwork({spec: spec({type: 'bridge'})}, givenTarget({plugins: ['host-local', 'multus']}))

    expect(plan.steps.map(({action}) => action.type)).toEqual(['fetch-artifact', 'copy-cni-plugins', 'apply-objects'])
  })

  test('refuses plugins that nobody has', () => {
    const found = problemOf(() =>
      addNetwork({spec: spec({type: 'bridge'})}, givenTarget({plugins: ['multus'], artifacts: []})),
    )

    expect(found.name).toBe('preflight-failed')
    expect(found.message).toBe('The nodes lack bridge, host-local in /opt/cni/bin')
  })

  test('needs Multus', () => {
    const {record} = givenTarget()

    expect(problemOf(() => addNetwork({spec: spec()}, givenTarget({record: {...record, multus: 'none'}}))).name).toBe(
      'multus-missing',
    )
  })

  test('needs the namespace', () => {
    const found = problemOf(() => addNetwork({spec: spec({namespace: 'nowhere'})}, givenTarget()))

    expect(found).toMatchObject({name: 'invalid-input', suggestions: ['kubectl create namespace nowhere']})
  })

  test('the same network again changes nothing', () => {
    const networks = [givenNetwork('blue', resolve({}, withWhereabouts).config)]

    const {plan, replaced} = addNetwork({spec: spec()}, givenTarget({...withWhereabouts, networks}))

    expect([plan.steps.length, replaced]).toEqual([1, undefined])
  })

  test('another one of the name is replaced, and those who use it are named', () => {
    const networks = [givenNetwork('blue', macvlanConfig('172.30.0.200', '172.30.0.210'))]
    const pods = [givenPod('web', {requested: 'blue'}), givenPod('done', {requested: 'blue', phase: 'Succeeded'})]

    const {plan, replaced} = addNetwork({spec: spec()}, givenTarget({...withWhereabouts, networks, pods}))

    expect(replaced?.pods).toEqual(['default/web'])
    expect(plan.title).toBe('Replace the macvlan network default/blue')
    expect(plan.steps.map(({id, after}) => [id, after])).toEqual([
      ['remove-network:default/blue', []],
      ['network:default/blue', ['remove-network:default/blue']],
    ])
    expect(plan.notes).toContain('default/web keeps its old interface and address until deleted')
  })

  test('one that had a file on each node leaves none behind when it is replaced', () => {
    const path = '/etc/cni/multus/net.d/default-blue.conf'
    const networks = [
      givenNetwork('blue', '', {
        nodeConfigs: {'dev-worker': '{}'},
        annotations: {'k8s-local.dev/config-file': path},
      }),
    ]

    const {plan} = addNetwork({spec: spec({ipam: 'whereabouts'})}, givenTarget({...withWhereabouts, networks}))

    expect(plan.steps[1]?.action).toEqual({
      type: 'delete-node-files',
      path,
      nodes: ['dev-control-plane', 'dev-worker', 'dev-worker2'],
    })
  })

  test('the same slices again change nothing', () => {
    const there = resolve({ipam: 'host-local'})
    const networks = [givenNetwork('blue', '', {nodeConfigs: there.nodeFiles?.files ?? {}})]

    expect(addNetwork({spec: spec({ipam: 'host-local'})}, givenTarget({networks})).plan.steps).toHaveLength(2)
  })
})

describe('a macvlan network', () => {
  test('sits on the first extra network, with a part of its subnet that is not the nodes’', () => {
    const network = resolve()

    expect(network).toMatchObject({
      master: 'eth1',
      ipam: 'whereabouts',
      ranges: [{subnet: '172.30.0.0/24', start: '172.30.0.64', end: '172.30.0.127'}],
    })
    expect(JSON.parse(network.config)).toMatchObject({
      type: 'macvlan',
      master: 'eth1',
      mode: 'bridge',
      ipam: {type: 'whereabouts', range_start: '172.30.0.64'},
    })
  })

  test('finds the NIC by the network’s name or by its own', () => {
    expect(resolve({master: 'data'}).master).toBe('eth1')
    expect(resolve({master: 'eth1'}).ranges[0]?.subnet).toBe('172.30.0.0/24')
  })

  test('takes the next free part where others have theirs', () => {
    const networks = [
      givenNetwork('red', macvlanConfig('172.30.0.64', '172.30.0.127')),
      givenNetwork('green', macvlanConfig('172.30.0.150', '172.30.0.160')),
    ]

    expect(resolve({}, {networks}).ranges[0]).toMatchObject({start: '172.30.0.192', end: '172.30.0.254'})
  })

  test('takes smaller parts when no quarter is free, and says when nothing is', () => {
    const rest = [givenNetwork('red', macvlanConfig('172.30.0.40', '172.30.0.254'))]
    const all = [givenNetwork('red', macvlanConfig('172.30.0.32', '172.30.0.254'))]

    expect(resolve({}, {networks: rest}).ranges[0]).toMatchObject({start: '172.30.0.32', end: '172.30.0.39'})
    expect(problemOf(() => resolve({}, {networks: all})).message).toBe(
      'Nothing of 172.30.0.0/24 is free: the addresses of the nodes, the network default/red',
    )
  })

  test('a network on another NIC stands in nobody’s way', () => {
    const networks = [givenNetwork('red', {...macvlanConfig('172.30.0.64', '172.30.0.127'), master: 'eth2'})]

    expect(resolve({}, {networks}).ranges[0]?.start).toBe('172.30.0.64')
  })

  test('without whereabouts each node gets a slice, and the user is told', () => {
    const artifacts = bundleArtifacts.filter(({name}) => name !== 'whereabouts')
    const network = resolve({}, {artifacts})

    expect(Object.keys(network.slices)).toEqual(['dev-control-plane', 'dev-worker', 'dev-worker2'])
    expect(network.config).toBe('')
    expect(network.object['spec']).toEqual({})
    expect(network.nodeFiles?.path).toBe('/etc/cni/multus/net.d/default-blue.conf')
    expect(network.notes).toHaveLength(1)
  })

  test('on one node needs neither', () => {
    const network = resolve({}, {nodes: [givenNode('dev-control-plane', 2)]})

    expect(network.ipam).toBe('host-local')
    expect(network.slices).toEqual({})
  })

  test.each([
    [
      {rangeStarts: ['172.30.0.20']},
      'the range 172.30.0.20-172.30.0.254 overlaps the addresses of the nodes, 172.30.0.0-172.30.0.31',
    ],
    [
      {rangeStarts: ['172.30.0.100'], rangeEnds: ['172.30.0.90']},
      'the range 172.30.0.100-172.30.0.90 ends before it starts',
    ],
    [
      {rangeStarts: ['172.30.1.5'], rangeEnds: ['172.30.1.9']},
      'the range 172.30.1.5-172.30.1.9 is not inside 172.30.0.0/24 (172.30.0.1 to 172.30.0.254)',
    ],
    [
      {rangeStarts: ['172.30.0.80'], rangeEnds: ['172.30.0.99'], gateways: ['172.30.0.90']},
      'the gateway 172.30.0.90 lies in the range 172.30.0.80-172.30.0.99, which pods get their addresses from',
    ],
    [{gateways: ['10.0.0.1']}, 'the gateway 10.0.0.1 is not inside 172.30.0.0/24'],
    [{options: {mtu: 9000}}, 'MTU 9000 is larger than that of the master, 1500'],
    [{master: 'eth0'}, 'the subnet of eth0 is not known'],
    [
      {ipam: 'host-local', rangeStarts: ['172.30.0.200'], rangeEnds: ['172.30.0.201']},
      '2 addresses of 172.30.0.0/24 cannot be divided among 3 nodes',
    ],
  ] as const)('%j is refused', (asked, message) => {
    const found = problemOf(() => resolve(asked))

    expect(found.name).toBe('invalid-input')
    expect([found.message, ...(found.findings ?? []).map((finding) => finding.message)]).toContain(message)
  })

  test('a range that another network has is refused with its name', () => {
    const networks = [givenNetwork('red', macvlanConfig('172.30.0.64', '172.30.0.127'), {namespace: 'team'})]

    expect(
      problemOf(() => resolve({rangeStarts: ['172.30.0.100'], rangeEnds: ['172.30.0.200']}, {networks})).findings?.[0]
        ?.message,
    ).toBe('the range 172.30.0.100-172.30.0.200 overlaps the network team/red, 172.30.0.64-172.30.0.127')
  })

  test('several things that are wrong are told at once', () => {
    expect(
      problemOf(() =>
        resolve(
          {options: {mtu: 9000}, gateways: ['10.0.0.1'], chains: [{plugin: 'vrf', options: {name: 'red'}}]},
          {refusedLinks: {vrf: 'no'}},
        ),
      ).findings?.map(({at}) => at),
    ).toEqual(['--chain', '--mtu', '--gateway'])
  })

  test('NICs of several names are refused, and shown', () => {
    const nodes = [
      givenNode('dev-worker', 3),
      givenNode('dev-worker2', 4, {
        nics: [{network: 'data', subnet: '172.30.0.0/24', interface: 'eth2', address: '172.30.0.4', mtu: 1500}],
      }),
    ]

    expect(problemOf(() => resolve({}, {nodes})).message).toBe(
      'The NIC of the network data has several names: eth1 on dev-worker, eth2 on dev-worker2',
    )
  })

  test('a node without the NIC is refused, by its name', () => {
    expect(
      problemOf(() => resolve({}, {nodes: [givenNode('dev-worker', 3), givenNode('dev-worker2', 4, {nics: []})]}))
        .message,
    ).toBe('dev-worker2 has no NIC on the network data')
  })

  test('without any extra network it says how to get one', () => {
    const nodes = [givenNode('dev-worker', 3, {nics: []})]

    expect(problemOf(() => resolve({}, {nodes}))).toMatchObject({
      message: 'There is no extra network to sit on',
      findings: [{at: '--master'}],
    })
  })

  test('a NIC that is not ours is taken at the user’s word, with a note', () => {
    const network = resolve({master: 'dummy0', subnets: ['10.5.0.0/24']})

    expect(network.ranges[0]).toMatchObject({start: '10.5.0.1', end: '10.5.0.254'})
    expect(network.notes[0]).toContain('dummy0 is no NIC of an extra network')
  })

  test('whereabouts that cannot be had is refused where it was asked for', () => {
    expect(problemOf(() => resolve({ipam: 'whereabouts'}, {artifacts: []})).name).toBe('artifact-unavailable')
  })
})

describe('a bridge network', () => {
  test('takes a subnet of its own, and leaves its first address to the node', () => {
    expect(resolve({type: 'bridge'})).toMatchObject({
      ipam: 'host-local',
      slices: {},
      ranges: [{subnet: '10.100.0.0/24', start: '10.100.0.2', end: '10.100.0.254', gateway: '10.100.0.1'}],
    })
  })

  test('keeps off what the cluster and other networks use', () => {
    const {record} = givenTarget()
    const networks = [
      givenNetwork('red', {
        cniVersion: '0.3.1',
        type: 'bridge',
        bridge: 'br-red',
        ipam: {type: 'host-local', ranges: [[{subnet: '10.101.0.0/24'}]]},
      }),
    ]

    expect(
      resolve({type: 'bridge'}, {networks, record: {...record, podSubnet: '10.100.0.0/16'}}).ranges[0]?.subnet,
    ).toBe('10.102.0.0/24')
  })

  test.each([
    ['10.244.7.0/24', 'overlaps the pod subnet, 10.244.0.0/16'],
    ['172.30.0.0/25', 'overlaps the network data, 172.30.0.0/24'],
    ['172.18.9.0/24', "overlaps kind's network, 172.18.0.0/16"],
  ])('on %s is refused: it %s', (subnet, message) => {
    expect(problemOf(() => resolve({type: 'bridge', subnets: [subnet]})).findings?.[0]?.message).toContain(message)
  })

  test('of a name that another namespace has would share its bridge and is refused', () => {
    const networks = [givenNetwork('blue', macvlanConfig('172.30.0.64', '172.30.0.127'), {namespace: 'team'})]

    expect(problemOf(() => resolve({type: 'bridge'}, {networks})).message).toBe(
      'Namespace team has a network blue too, and both would share bridge and leases on the nodes',
    )
  })
})

describe('networks added one after another', () => {
  test('never hand out an address twice, whatever their IPAM', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('whereabouts' as const, 'host-local' as const), {minLength: 1, maxLength: 4}),
        (kinds) => {
          const networks: ReturnType<typeof givenNetwork>[] = []
          for (const [index, ipam] of kinds.entries()) {
            const made = resolve({name: `n${index}`, ipam}, {networks})
            networks.push(givenNetwork(made.name, made.config, {nodeConfigs: made.nodeFiles?.files ?? {}}))
          }

          const spans = networks
            .flatMap(({config, nodeConfigs}) => (config === '' ? Object.values(nodeConfigs) : [config]))
            .flatMap((text) => {
              const config = parseNetworkConfig(text)
              return 'fault' in config ? [] : config.pools.map(({span}) => span)
            })
          expect(spans.every((one, index) => spans.slice(index + 1).every((other) => !spansOverlap(one, other)))).toBe(
            true,
          )
        },
      ),
      {numRuns: 40},
    )
  })
})

describe('pods that hold addresses', () => {
  test('do not matter to a new network', () => {
    const pods = [givenPod('web', {status: [{name: 'default/red', ips: ['172.30.0.70']}]})]

    expect(resolve({}, {pods}).ranges[0]?.start).toBe('172.30.0.64')
  })
})
