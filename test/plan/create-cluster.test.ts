import {describe, expect, test} from 'vitest'
import {type CreateClusterInput, createCluster} from '../../src/plan/create-cluster.ts'
import type {Facts} from '../../src/plan/facts.ts'
import {inOrder} from '../../src/plan/make-plan.ts'
import {essentialChecks} from '../../src/plan/select-checks.ts'
import {Problem} from '../../src/problem.ts'
import type {ActionOf, ActionType} from '../../src/steps/action.ts'
import type {Plan} from '../../src/steps/step.ts'
import {
  bundleArtifacts,
  givenArtifact,
  givenCluster,
  givenEngine,
  givenFacts,
  givenSpec,
  onlineArtifacts,
} from './given.ts'

function plan(
  spec: Partial<CreateClusterInput['spec']> = {},
  facts: Partial<Facts> = {},
  input: Partial<CreateClusterInput> = {},
): Plan {
  return createCluster({spec: givenSpec(spec), verify: false, keepOnFailure: false, ...input}, givenFacts(facts))
}

function actions<T extends ActionType>(made: Plan, type: T): readonly ActionOf<T>[] {
  return made.steps.flatMap(({action}) => (action.type === type ? [action as ActionOf<T>] : []))
}

/** What the plan says about a Problem: its name, and everything that it found. */
function refusal(make: () => unknown): {readonly name: string; readonly findings: readonly string[]} {
  try {
    make()
  } catch (error) {
    if (error instanceof Problem)
      return {name: error.data.name, findings: (error.data.findings ?? []).map(({message}) => message)}
    throw error
  }
  throw new Error('nothing was refused')
}

/** Whether one step comes after another, directly or by others. */
function comesAfter(made: Plan, later: string, earlier: string): boolean {
  const step = made.steps.find(({id}) => id === later)
  return (step?.after ?? []).some((id) => id === earlier || comesAfter(made, id, earlier))
}

describe('the order of create', () => {
  test('what needs nothing of the cluster starts at once', () => {
    const made = plan()

    const first = made.steps.filter(({after}) => after.length === 0).map(({id}) => id)

    expect(first).toEqual(
      expect.arrayContaining([
        'fetch:kind',
        'node-image',
        'begin-cluster',
        'engine-network:data',
        'fetch:cni-plugins',
        'fetch:helm',
        'fetch:cilium-chart',
      ]),
    )
  })

  test('no step waits for kind to end but those that hand the cluster over', () => {
    const made = plan()

    const after = made.steps.filter(({id}) => comesAfter(made, id, 'kind-cluster')).map(({id}) => id)

    expect(after).toEqual(['kubeconfig', 'complete-cluster'])
  })

  test('nodes are connected only after kind has read their addresses, and after the filter that keeps them', () => {
    const made = plan()

    expect(comesAfter(made, 'connect:data', 'nodes-configured')).toBe(true)
    expect(comesAfter(made, 'connect:data', 'pin-node-addresses')).toBe(true)
  })

  test('networks are connected one after another, so that every node has its NICs in one order', () => {
    const made = plan({
      networks: [
        {name: 'a', subnet: 'auto'},
        {name: 'b', subnet: 'auto'},
        {name: 'c', subnet: 'auto'},
      ],
    })

    expect(comesAfter(made, 'connect:b', 'connect:a')).toBe(true)
    expect(comesAfter(made, 'connect:c', 'connect:b')).toBe(true)
    expect(actions(made, 'connect-nodes').map((action) => action.interface)).toEqual(['eth1', 'eth2', 'eth3'])
  })

  test('images go into all nodes without waiting for the API, one stage after another', () => {
    const made = plan({}, {}, {verify: true})

    expect(comesAfter(made, 'import:cni', 'nodes-running')).toBe(true)
    expect(comesAfter(made, 'import:probe', 'api-ready')).toBe(false)
    expect(comesAfter(made, 'import:multus', 'import:cni')).toBe(true)
    expect(comesAfter(made, 'import:probe', 'import:multus')).toBe(true)
  })

  test('every image goes into every node, for pods of the user may run on any', () => {
    for (const {nodes} of actions(plan(), 'import-images'))
      expect(nodes.toSorted()).toEqual(['dev-control-plane', 'dev-worker', 'dev-worker2'])
  })

  test('beside kubeadm images take half of the cores, and go into the control plane last', () => {
    const [first, ...later] = actions(plan(), 'import-images')

    expect(first).toMatchObject({atOnce: 2, nodes: ['dev-worker', 'dev-worker2', 'dev-control-plane']})
    for (const {atOnce} of later) expect(atOnce).toBeUndefined()
  })

  test('the CNI is installed when its images are on all nodes, Multus when the CNI has written its file', () => {
    const made = plan()

    expect(comesAfter(made, 'install-cni', 'import:cni')).toBe(true)
    expect(comesAfter(made, 'multus', 'cni-conf-file')).toBe(true)
    expect(comesAfter(made, 'multus', 'import:multus')).toBe(true)
  })

  test('Multus gets its type and its rights before the CNI runs', () => {
    const made = plan()

    expect(comesAfter(made, 'multus-objects', 'install-cni')).toBe(false)
    expect(comesAfter(made, 'network-crd', 'install-cni')).toBe(false)
  })

  test('roll-outs are looked at only when all nodes are there', () => {
    const made = plan()

    for (const id of ['rollout:cilium', 'rollout:coredns', 'rollout:whereabouts'])
      expect(comesAfter(made, id, 'nodes-registered')).toBe(true)
    expect(comesAfter(made, 'rollout:kube-multus-ds', 'multus-first')).toBe(true)
  })

  test('every step can be reached', () => {
    const made = plan({}, {}, {verify: true})

    expect(inOrder(made.steps)).toHaveLength(made.steps.length)
  })
})

describe('what create makes', () => {
  test('gives every node a fixed address on each network, behind the engine and inside the range of the nodes', () => {
    const made = plan({networks: [{name: 'data', subnet: '10.50.0.0/24'}]})

    expect(actions(made, 'connect-nodes')[0]?.addresses).toEqual({
      'dev-control-plane': '10.50.0.2',
      'dev-worker': '10.50.0.3',
      'dev-worker2': '10.50.0.4',
    })
    expect(actions(made, 'create-engine-network')[0]?.network).toEqual({
      name: 'dev-data',
      subnet: '10.50.0.0/24',
      nodeRange: '10.50.0.0/27',
      labels: {'k8s-local.dev/cluster': 'dev', 'k8s-local.dev/network': 'data'},
    })
  })

  test('pins Multus to the file of the CNI, and gives thick Multus what Calico needs', () => {
    const made = plan({cni: 'calico', multus: 'thick'})

    const daemonSet = JSON.stringify(made.steps.find(({id}) => id === 'multus')?.action)
    const config = JSON.stringify(made.steps.find(({id}) => id === 'multus-objects')?.action)

    expect(daemonSet).toContain('/etc/cni/net.d/calico-kubeconfig')
    expect(config).toContain('10-calico.conflist')
  })

  test('without Multus there are no plugins, no types and no networks', () => {
    const made = plan({multus: 'none', testNetworks: false})

    expect(
      made.steps.filter(
        ({id}) => /multus|cni-plugins|network:|network-crd/.test(id) && !id.startsWith('engine-network'),
      ),
    ).toEqual([])
  })

  test('without whereabouts each node gets a slice of the test network', () => {
    const artifacts = bundleArtifacts.filter(({name}) => name !== 'whereabouts')

    const made = plan({}, {artifacts})

    const [files] = actions(made, 'write-node-files')
    const ranges = Object.values(files?.files ?? {}).map(
      (text) => (JSON.parse(text) as {ipam: {ranges: {rangeStart: string; rangeEnd: string}[][]}}).ipam.ranges[0]?.[0],
    )
    expect(ranges.map((range) => `${range?.rangeStart}-${range?.rangeEnd}`)).toEqual([
      '172.30.0.64-172.30.0.84',
      '172.30.0.85-172.30.0.105',
      '172.30.0.106-172.30.0.127',
    ])
    expect(made.notes).toContain(
      'whereabouts cannot be had: each node hands out its own slice of the range (host-local)',
    )
  })

  test('kind is given our configuration, without its own CNI', () => {
    const [kind] = actions(plan(), 'create-kind-cluster')

    expect(kind?.config).toContain('disableDefaultCNI: true')
    expect(kind?.nodes).toEqual(['dev-control-plane', 'dev-worker', 'dev-worker2'])
    expect(kind?.image).toBe('k8s-local/node:v1.34.4')
  })

  test('a node image pinned by digest is named by its tag, for kind and its nodes know it so', () => {
    const [kind] = actions(plan({}, {source: 'online', artifacts: onlineArtifacts()}), 'create-kind-cluster')

    expect(kind?.image).toBe('kindest/node:v1.36.4')
  })

  test('verify proves the test network on two nodes, and cleans up whatever happens', () => {
    const made = plan({}, {}, {verify: true})

    const checks = actions(made, 'check').map(({request}) => request.check)
    expect(new Set(checks)).toEqual(new Set(essentialChecks))
    expect(made.always.map(({action}) => action.type)).toEqual(['delete-objects'])
  })

  test('the record says what was chosen', () => {
    const [begin] = actions(plan({kubernetes: '1.34'}), 'begin-cluster')

    expect(begin?.record).toEqual({...givenCluster().journal?.record})
  })
})

describe('when create fails', () => {
  test('all that was made is removed: nodes, networks, kubeconfig entries, journal', () => {
    expect(plan().onFailure.map(({action}) => action.type)).toEqual([
      'delete-kind-cluster',
      'delete-engine-networks',
      'remove-kubeconfig-entries',
      'forget-cluster',
    ])
  })

  test('nothing is removed when it is to be looked at', () => {
    expect(plan({}, {}, {keepOnFailure: true}).onFailure).toEqual([])
  })

  test('a cluster that was there before is never removed', () => {
    expect(plan({}, {clusters: [givenCluster()]}).onFailure).toEqual([])
  })
})

describe('a cluster of that name', () => {
  const ours = givenCluster()
  const ownNetwork = {
    name: 'dev-data',
    subnets: ['172.30.0.0/24'],
    labels: {'k8s-local.dev/cluster': 'dev', 'k8s-local.dev/network': 'data'},
  }

  test('the same command again plans the same steps but does not note it down anew', () => {
    const first = plan()
    const again = plan({}, {clusters: [ours], engineNetworks: [ownNetwork], hostRoutes: ['172.30.0.0/24']})

    expect(again.steps.map(({id}) => id)).toEqual(first.steps.map(({id}) => id).filter((id) => id !== 'begin-cluster'))
  })

  test('more networks are added, and noted down only when they are there', () => {
    const made = plan(
      {
        networks: [
          {name: 'data', subnet: 'auto'},
          {name: 'storage', subnet: 'auto'},
        ],
      },
      {clusters: [ours], engineNetworks: [ownNetwork]},
    )

    expect(actions(made, 'create-engine-network').map(({network}) => network.subnet)).toEqual([
      '172.30.0.0/24',
      '172.30.1.0/24',
    ])
    expect(comesAfter(made, 'record-change', 'connect:storage')).toBe(true)
    expect(comesAfter(made, 'complete-cluster', 'record-change')).toBe(true)
  })

  test('fewer networks than it has are no difference: what is there stays', () => {
    const made = plan({networks: []}, {clusters: [ours], engineNetworks: [ownNetwork]})

    expect(actions(made, 'connect-nodes').map(({network}) => network)).toEqual(['dev-data'])
  })

  test('everything that differs is told at once', () => {
    const {name, findings} = refusal(() =>
      plan(
        {
          workers: 3,
          cni: 'calico',
          kubernetes: '1.33',
          podSubnet: '10.200.0.0/16',
          networks: [{name: 'data', subnet: '10.9.0.0/24'}],
        },
        {clusters: [ours]},
      ),
    )

    expect(name).toBe('cluster-differs')
    expect(findings).toEqual([
      'workers: the cluster dev has 2, asked for is 3',
      'Kubernetes: the cluster dev has v1.34.4, asked for is 1.33',
      'CNI: the cluster dev has cilium, asked for is calico',
      'pod subnet: the cluster dev has 10.244.0.0/16, asked for is 10.200.0.0/16',
      'subnet of network data: the cluster dev has 172.30.0.0/24, asked for is 10.9.0.0/24',
    ])
  })

  test('a version that can no longer be had is a difference too', () => {
    const artifacts = bundleArtifacts.map((artifact) =>
      artifact.name.startsWith('cilium')
        ? {...artifact, version: artifact.version.replace('1.15.19', '1.20.2')}
        : artifact,
    )

    expect(refusal(() => plan({}, {clusters: [ours], artifacts})).name).toBe('cluster-differs')
  })

  test('what an interrupted run left is removed before anything else', () => {
    const journal = {record: ours.journal?.record ?? never(), phase: 'creating' as const, kubeconfigs: []}
    const made = plan({}, {clusters: [givenCluster({journal})], engineNetworks: [ownNetwork]})

    expect(made.steps.slice(0, 2).map(({action}) => action.type)).toEqual([
      'delete-kind-cluster',
      'delete-engine-networks',
    ])
    for (const id of ['kind-cluster', 'engine-network:data', 'nodes-running'])
      expect(comesAfter(made, id, 'remove-remaining-networks')).toBe(true)
    expect(made.onFailure).not.toEqual([])
  })

  test('networks of ours without a cluster are such remains, and in nobody’s way', () => {
    const made = plan({}, {engineNetworks: [ownNetwork], hostRoutes: ['172.30.0.0/24']})

    expect(made.steps[0]?.id).toBe('remove-remains')
    expect(actions(made, 'create-engine-network')[0]?.network.subnet).toBe('172.30.0.0/24')
  })

  test('a journal whose containers are gone is made anew', () => {
    expect(plan({}, {clusters: [givenCluster({nodes: []})]}).steps[0]?.id).toBe('remove-remains')
  })

  test('one that k8s-local did not make is left alone', () => {
    const {journal: _, ...stranger} = ours
    const {name, findings} = refusal(() => plan({}, {clusters: [stranger]}))

    expect(name).toBe('cluster-exists')
    expect(findings).toEqual(['a kind cluster dev exists that k8s-local did not make'])
  })

  test('one whose nodes are stopped says how to start them', () => {
    const nodes = ours.nodes.map((node) => (node.role === 'worker' ? {...node, state: 'exited'} : node))
    const {name, findings} = refusal(() => plan({}, {clusters: [givenCluster({nodes})]}))

    expect(name).toBe('cluster-partial')
    expect(findings).toEqual(['the cluster dev exists, but dev-worker, dev-worker2 do not run'])
  })

  test('an interrupted addition keeps the subnet that the engine has already', () => {
    const half = {
      name: 'dev-storage',
      subnets: ['172.30.7.0/24'],
      labels: {'k8s-local.dev/cluster': 'dev', 'k8s-local.dev/network': 'storage'},
    }
    const made = plan(
      {
        networks: [
          {name: 'data', subnet: 'auto'},
          {name: 'storage', subnet: 'auto'},
        ],
      },
      {clusters: [ours], engineNetworks: [ownNetwork, half]},
    )

    expect(actions(made, 'create-engine-network').map(({network}) => network.subnet)).toEqual([
      '172.30.0.0/24',
      '172.30.7.0/24',
    ])
  })
})

describe('versions', () => {
  test('auto takes the first node image that the engine can run', () => {
    const facts = {source: 'online' as const, artifacts: onlineArtifacts()}

    expect(actions(plan({}, facts), 'begin-cluster')[0]?.record.kubernetes).toBe('v1.36.4')
    const old = plan({}, {...facts, engine: givenEngine({cgroupVersion: '1'})})
    expect(actions(old, 'begin-cluster')[0]?.record.kubernetes).toBe('v1.34.11')
    expect(old.notes?.[0]).toContain('cgroup version 1')
  })

  test('a version that cgroup v1 cannot run is refused with the reason, also where the bundle has no image of it', () => {
    const {name, findings} = refusal(() => plan({kubernetes: '1.36'}, {engine: givenEngine({cgroupVersion: '1'})}))

    expect(name).toBe('version-unsupported')
    expect(findings).toEqual([
      'Kubernetes 1.36 does not run here: from 1.35 on the kubelet refuses cgroup version 1, which this engine has',
    ])
  })

  test('a version that cgroup v1 cannot run is refused with the reason', () => {
    const facts = {source: 'online' as const, artifacts: onlineArtifacts(), engine: givenEngine({cgroupVersion: '1'})}
    const {name, findings} = refusal(() => plan({kubernetes: '1.36'}, facts))

    expect(name).toBe('version-unsupported')
    expect(findings).toEqual([
      'Kubernetes v1.36.4 does not run here: from 1.35 on the kubelet refuses cgroup version 1, which this engine has',
    ])
  })

  test('a version that a bundle lacks is named with those that it has', () => {
    const {name, findings} = refusal(() => plan({kubernetes: '1.33'}))

    expect(name).toBe('bundle-incomplete')
    expect(findings).toEqual(['there is no node image of Kubernetes 1.33; there is v1.34.4'])
  })

  test.each([
    ['cilium-chart', 'chart', '1.14.9', 'Cilium 1.14.9 is not supported: 1.15 to 1.20 are'],
    ['multus-thin', 'image', 'v4.1.0', 'Multus v4.1.0 is not supported: 4.2 to 4.3 are'],
    ['node', 'node-image', 'v1.30.2', 'Kubernetes v1.30.2 is not supported: 1.31 to 1.37 are'],
    ['cilium', 'image', 'v1.15.18', 'the image cilium is of 1.15.18, and cilium-chart of 1.15.19'],
  ] as const)('%s %s %s is refused', (artifact, type, version, message) => {
    const artifacts = [givenArtifact(artifact, type, version), ...bundleArtifacts.filter(({name}) => name !== artifact)]
    const {name, findings} = refusal(() => plan({}, {artifacts}))

    expect(name).toBe('version-unsupported')
    expect(findings).toContain(message)
  })

  test('everything that a bundle lacks is listed at once', () => {
    const artifacts = bundleArtifacts.filter(
      ({name}) => !['helm', 'cilium-operator', 'multus-thin', 'whereabouts'].includes(name),
    )
    const {name, findings} = refusal(() => plan({}, {artifacts}))

    expect(name).toBe('bundle-incomplete')
    expect(findings).toEqual([
      'the bundle has no helm',
      'the bundle has no cilium-operator',
      'the bundle has no multus-thin',
    ])
  })

  test('the probe image is needed only for a proof', () => {
    const artifacts = bundleArtifacts.filter(({name}) => name !== 'probe')

    expect(plan({}, {artifacts}).steps.some(({id}) => id.startsWith('import:probe'))).toBe(false)
    expect(refusal(() => plan({}, {artifacts}, {verify: true})).findings).toEqual(['the bundle has no probe'])
  })

  test('nodes see the bundle’s folder, but not that of another machine or one whose path a mount cannot carry', () => {
    const seen = (facts: Partial<Facts>) => {
      const made = plan({}, facts)
      const [kind] = actions(made, 'create-kind-cluster')
      const told = actions(made, 'import-images').map((action) => action.seen)
      return {mounted: kind?.config.includes('/k8s-local/bundle'), told: [...new Set(told)]}
    }
    const {diskFree: _, ...elsewhere} = givenFacts()

    expect(seen({})).toEqual({mounted: true, told: [{folder: '/bundle', onNodes: '/k8s-local/bundle'}]})
    for (const facts of [{bundle: '/a:b'}, {bundle: undefined}] as unknown as Partial<Facts>[])
      expect(seen(facts)).toEqual({mounted: false, told: [undefined]})
    const remote = createCluster({spec: givenSpec({}), verify: false, keepOnFailure: false}, elsewhere)
    expect(actions(remote, 'create-kind-cluster')[0]?.config).not.toContain('extraMounts')
  })

  test('several control planes need the image of their load balancer in the engine before kind starts', () => {
    const without = bundleArtifacts.filter(({name}) => name !== 'load-balancer')

    expect(comesAfter(plan({controlPlanes: 3}), 'kind-cluster', 'load-balancer-image')).toBe(true)
    expect(plan({}, {artifacts: without}).steps.map(({id}) => id)).not.toContain('load-balancer-image')
    expect(refusal(() => plan({controlPlanes: 3}, {artifacts: without}))).toEqual({
      name: 'bundle-incomplete',
      findings: ['several control planes need a load balancer, and the bundle has none'],
    })
  })

  test('without a bundle what is missing cannot be had', () => {
    expect(refusal(() => plan({}, {source: 'online', artifacts: []})).name).toBe('artifact-unavailable')
  })
})

function never(): never {
  throw new Error('the given cluster has a journal')
}
