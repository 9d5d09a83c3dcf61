import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {createCluster} from '../../src/plan/create-cluster.ts'
import type {Facts} from '../../src/plan/facts.ts'
import {inOrder} from '../../src/plan/make-plan.ts'
import type {ProblemData} from '../../src/problem.ts'
import {overlaps, parseCidr} from '../../src/spec/cidr.ts'
import type {ClusterSpec} from '../../src/spec/cluster-spec.ts'
import {bundleArtifacts, givenCluster, givenEngine, givenFacts, givenSpec} from './given.ts'
import {problemOf} from './problem-of.ts'

const gibibyte = 2 ** 30

function create(facts: Partial<Facts>, spec: Partial<ClusterSpec> = {}) {
  return createCluster({spec: givenSpec(spec), verify: false, keepOnFailure: false}, givenFacts(facts))
}

function problem(facts: Partial<Facts>, spec: Partial<ClusterSpec> = {}): ProblemData {
  return problemOf(() => create(facts, spec))
}

describe('preflight', () => {
  test('a machine that has all it takes gives no note and no refusal', () => {
    expect(create({}).notes).toEqual([])
  })

  test.each([
    [
      'engine-too-old',
      {engine: givenEngine({version: '19.03.15'})},
      'The container engine is Docker 19.03.15, and 20.10 is the oldest that works',
    ],
    [
      'preflight-failed',
      {engine: givenEngine({memory: 2 * gibibyte})},
      '3 nodes need about 3.5 GiB of memory, and the engine has 2.0 GiB',
    ],
    ['disk-full', {diskFree: gibibyte}, 'About 8.5 GiB are needed in /var/lib/docker, and 1.0 GiB are free'],
    [
      'kubeconfig-unwritable',
      {kubeconfig: {file: '/etc/kubeconfig', writable: false, reason: 'permission denied'}},
      '/etc/kubeconfig cannot be written: permission denied',
    ],
  ] as const)('%s says what and how much', (name, facts, message) => {
    const found = problem(facts)

    expect(found.name).toBe(name)
    expect(found.message).toBe(message)
    expect(found.suggestions).toHaveLength(1)
  })

  test('findings of several kinds are told together, each with its fix', () => {
    const found = problem({
      engine: givenEngine({version: '19.03.15', memory: gibibyte}),
      diskFree: 0,
      kubeconfig: {file: '/etc/kubeconfig', writable: false},
      artifacts: bundleArtifacts.filter(({name}) => name !== 'kind'),
    })

    expect(found.name).toBe('preflight-failed')
    expect(found.message).toBe('5 things stand in the way')
    expect(found.findings?.map(({at}) => at)).toEqual(['--bundle', '--kubeconfig', 'docker', 'memory', 'disk'])
    expect(found.findings?.every(({fix}) => fix !== undefined)).toBe(true)
  })

  test('disk that cannot be seen is not judged', () => {
    const {diskFree: _, ...blind} = givenFacts()

    expect(createCluster({spec: givenSpec(), verify: false, keepOnFailure: false}, blind).steps.length).toBeGreaterThan(
      0,
    )
  })

  test('low inotify limits are a note with the command that raises them', () => {
    const {notes} = create({limits: {inotifyInstances: 128, inotifyWatches: 524_288}})

    expect(notes).toEqual([
      'fs.inotify.max_user_instances is 128, which several nodes can use up ("too many open files"): sysctl -w fs.inotify.max_user_instances=512',
    ])
  })

  test('a cluster that runs needs no room for itself', () => {
    const facts = {clusters: [givenCluster()], diskFree: 0, engine: givenEngine({memory: gibibyte})}

    expect(create(facts).steps.length).toBeGreaterThan(0)
  })
})

describe('overlapping subnets', () => {
  test.each([
    [
      {networks: [{name: 'data', subnet: '172.18.4.0/24'}]},
      'the network data, 172.18.4.0/24, overlaps the engine network kind, 172.18.0.0/16',
    ],
    [
      {networks: [{name: 'data', subnet: '192.168.1.0/25'}]},
      'the network data, 192.168.1.0/25, overlaps a route of this machine, 192.168.1.0/24',
    ],
    [{podSubnet: '172.16.0.0/12'}, 'the pod subnet, 172.16.0.0/12, overlaps the engine network bridge, 172.17.0.0/16'],
    [
      {serviceSubnet: '172.17.8.0/22'},
      'the service subnet, 172.17.8.0/22, overlaps the engine network bridge, 172.17.0.0/16',
    ],
  ] as const)('%j is refused', (spec, message) => {
    const found = problem({}, spec)

    expect(found.name).toBe('engine-network-conflict')
    expect(found.findings?.map((finding) => finding.message)).toContain(message)
  })

  test('a route of the host over the pods is only a note: a VPN for 10.0.0.0/8 must not stop every cluster', () => {
    expect(create({hostRoutes: ['10.0.0.0/8']}).notes).toEqual([
      'the pod subnet, 10.244.0.0/16, overlaps the route to 10.0.0.0/8 of this machine: pods will not reach it (--pod-subnet names another)',
      'the service subnet, 10.96.0.0/16, overlaps the route to 10.0.0.0/8 of this machine: pods will not reach it (--service-subnet names another)',
    ])
  })

  test('the route that an engine network makes is not told twice', () => {
    const found = problem({hostRoutes: ['172.17.0.0/16', '172.18.0.0/16']}, {podSubnet: '172.18.0.0/16'})

    expect(found.findings).toHaveLength(1)
  })

  test('an engine network of somebody else under our name is refused', () => {
    const found = problem({engineNetworks: [{name: 'dev-data', subnets: ['10.1.0.0/24'], labels: {}}]})

    expect(found.name).toBe('engine-network-conflict')
    expect(found.suggestions[0]).toBe('docker network rm dev-data, or call the extra network otherwise')
  })

  test('no free /24 is said, with the way out', () => {
    const found = problem({engineNetworks: [{name: 'all', subnets: ['172.30.0.0/16'], labels: {}}]})

    expect(found.message).toBe('No /24 of 172.30.0.0/16 is free for the network data')
  })
})

describe('any valid spec', () => {
  const names = fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9]{0,6}$/), {maxLength: 4})
  const subnets = fc.constantFrom('auto', 'auto', '172.30.0.0/24', '172.30.2.0/23', '10.77.0.0/24', '172.31.0.0/20')
  const networks = names.chain((all) =>
    fc.tuple(...all.map((name) => fc.record({name: fc.constant(name), subnet: subnets}))),
  )
  const others = fc.uniqueArray(
    fc.constantFrom('172.30.0.0/24', '172.30.1.0/24', '172.30.128.0/17', '172.20.0.0/14', '192.168.0.0/16'),
    {maxLength: 3},
  )
  const specs = fc.record({
    controlPlanes: fc.constantFrom(1, 3),
    workers: fc.integer({min: 0, max: 5}),
    cni: fc.constantFrom('cilium' as const, 'calico' as const),
    multus: fc.constantFrom('thin' as const, 'thick' as const, 'none' as const),
    networks,
    testNetworks: fc.boolean(),
  })

  test('gives a graph without a circle, whose chosen subnets overlap nothing', () => {
    fc.assert(
      fc.property(specs, others, fc.boolean(), (spec, taken, verify) => {
        const explicit = spec.networks.flatMap(({subnet}) => parseCidr(subnet) ?? [])
        const engineNetworks = taken.map((subnet, index) => ({name: `other${index}`, subnets: [subnet], labels: {}}))
        const blocked = taken.flatMap((subnet) => parseCidr(subnet) ?? [])
        fc.pre(
          explicit.every((one, index) =>
            [...explicit.slice(index + 1), ...blocked].every((other) => !overlaps(one, other)),
          ),
        )

        const plan = createCluster(
          {spec: givenSpec(spec), verify, keepOnFailure: false},
          givenFacts({engineNetworks, engine: givenEngine({memory: 64 * gibibyte})}),
        )

        expect(inOrder(plan.steps)).toHaveLength(plan.steps.length)
        const chosen = plan.steps
          .flatMap(({action}) => (action.type === 'create-engine-network' ? [parseCidr(action.network.subnet)] : []))
          .filter((one) => one !== undefined)
        const all = [
          ...chosen,
          ...blocked,
          ...['10.244.0.0/16', '10.96.0.0/16'].flatMap((text) => parseCidr(text) ?? []),
        ]
        expect(chosen.every((one, index) => all.slice(index + 1).every((other) => !overlaps(one, other)))).toBe(true)
      }),
      {numRuns: 60},
    )
  })
})
