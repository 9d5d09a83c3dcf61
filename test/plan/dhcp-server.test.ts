import * as fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {addNetwork} from '../../src/plan/add-network.ts'
import type {TargetFacts, TargetNetwork} from '../../src/plan/facts.ts'
import {siteOfTarget} from '../../src/plan/network-site.ts'
import {removeNetwork} from '../../src/plan/remove-network.ts'
import {resolveNetwork} from '../../src/plan/resolve-network.ts'
import {sceneOfTarget} from '../../src/plan/scene.ts'
import type {ResolvedNetwork} from '../../src/plan/resolved-network.ts'
import type {NetworkSpec} from '../../src/spec/network-spec.ts'
import {readNetworkSpec} from '../../src/spec/read-network-spec.ts'
import type {KubernetesObject} from '../../src/steps/object.ts'
import {toYaml} from '../../src/to-yaml.ts'
import {rawOf} from '../spec/raw.ts'
import {bundleArtifacts, givenArtifact} from './given.ts'
import {givenNetwork, givenPod, givenTarget, macvlanConfig} from './given-target.ts'
import {planText} from './plan-text.ts'
import {problemOf} from './problem-of.ts'

const spec: NetworkSpec = {type: 'macvlan', name: 'blue', namespace: 'team', ipam: 'dhcp', dhcpServer: true}
const plugins = ['dhcp', 'macvlan', 'multus', 'static']

function resolve(other: Partial<NetworkSpec> = {}, facts: Partial<TargetFacts> = {}): ResolvedNetwork {
  return resolveNetwork({...spec, ...other}, siteOfTarget(givenTarget({plugins, ...facts})))
}

/** What a cluster has of a network once it was made. */
function made({namespace, name, config, object, server}: ResolvedNetwork): readonly TargetNetwork[] {
  const annotations = object.metadata.annotations ?? {}
  const beside = server ? [givenNetwork(server.name, '', {namespace, nodeConfigs: server.nodeFiles.files})] : []
  return [givenNetwork(name, config, {namespace, annotations}), ...beside]
}

function configsOf({server}: ResolvedNetwork): readonly string[] {
  const map = server?.objects.find(({kind}) => kind === 'ConfigMap') as
    | (KubernetesObject & {readonly data: Readonly<Record<string, string>>})
    | undefined
  return Object.values(map?.data ?? {})
}

describe('net add --dhcp-server', () => {
  test('makes a server for each node, and then the network', async () => {
    const {plan} = addNetwork({spec}, givenTarget({plugins}))

    await expect(planText(plan)).toMatchFileSnapshot('../golden/plans/net-add-dhcp-server.txt')
  })

  test('the objects are as their golden says, with the routes that were asked for', async () => {
    const {object, server} = resolve({
      routes: [{to: '10.9.0.0/16'}, {to: '10.8.0.0/16', gateway: '172.30.0.9'}],
      gateways: ['172.30.0.1'],
    })
    const files = Object.entries(server?.nodeFiles.files ?? {}).map(([node, text]) => `# ${node}\n${text}`)

    await expect(
      [...[...(server?.objects ?? []), object].map((one) => `${toYaml(one)}---\n`), ...files].join(''),
    ).toMatchFileSnapshot('../golden/objects/dhcp-server.yaml')
  })

  test('brings the plugin static where the nodes lack it', () => {
    expect(resolve().plugins).toEqual(['macvlan', 'dhcp', 'static'])
  })

  test('the same again changes nothing; without servers, or with another range, it is another network', () => {
    const networks = made(resolve())
    const replaced = (other: Partial<NetworkSpec>) =>
      addNetwork({spec: {...spec, ...other}}, givenTarget({plugins, networks})).replaced?.network.name

    expect(replaced({})).toBeUndefined()
    expect(replaced({dhcpServer: false})).toBe('blue')
    expect(replaced({rangeStarts: ['172.30.0.200']})).toBe('blue')
  })

  test('nobody else gets its range', () => {
    const beside = resolveNetwork(
      {type: 'macvlan', name: 'red', namespace: 'team'},
      siteOfTarget(givenTarget({networks: made(resolve())})),
    )

    expect([resolve().ranges[0]?.end, beside.ranges[0]?.start]).toEqual(['172.30.0.127', '172.30.0.128'])
  })

  test('no address is handed out twice, nor that of a server, whatever the range', () => {
    fc.assert(
      fc.property(fc.integer({min: 32, max: 249}), fc.integer({min: 5, max: 60}), (first, size) => {
        const last = Math.min(first + size, 254)
        const network = resolve({rangeStarts: [`172.30.0.${first}`], rangeEnds: [`172.30.0.${last}`]})
        const lastByte = (text: string | undefined) => Number(text?.split('.')[3])
        const leased = configsOf(network).flatMap((text) => {
          const [start, end] = [/^start (.*)$/m, /^end (.*)$/m].map((line) => lastByte(line.exec(text)?.[1]))
          expect(text).toContain(`max_leases ${(end ?? 0) - (start ?? 0) + 1}\n`)
          return Array.from({length: (end ?? 0) - (start ?? 0) + 1}, (_, index) => (start ?? 0) + index)
        })
        const own = Object.values(network.server?.nodeFiles.files ?? {}).map((text) =>
          Number(/172\.30\.0\.(\d+)\/24/.exec(text)?.[1]),
        )

        expect([...leased, ...own].toSorted((a, b) => a - b)).toEqual(
          Array.from({length: last - first + 1}, (_, index) => first + index),
        )
      }),
      {numRuns: 50},
    )
  })
})

describe('net add --dhcp-server is refused', () => {
  test.each([
    [{type: 'macvlan', name: 'blue'}, '--ipam dhcp too'],
    [{type: 'macvlan', name: 'blue', ipam: 'dhcp', mode: 'private'}, 'needs macvlan in mode bridge'],
    [{type: 'bridge', name: 'blue', ipam: 'dhcp'}, 'on this bridge network a pod cannot serve the others'],
    [{type: 'macvlan', name: 'blue', ipam: 'dhcp', subnets: 'fd00:5::/64'}, 'hands out IPv4 only'],
    [{type: 'macvlan', name: 'b'.repeat(59), ipam: 'dhcp'}, 'at most 58 characters'],
  ])('of %j', (raw, words) => {
    const problem = problemOf(() => readNetworkSpec(rawOf({...raw, dhcpServer: true})))

    expect(JSON.stringify(problem)).toContain(words)
  })

  test('with fewer than two addresses for each node', () => {
    expect(problemOf(() => resolve({rangeStarts: ['172.30.0.40'], rangeEnds: ['172.30.0.44']})).message).toBe(
      '5 addresses of 172.30.0.0/24 are too few: each of 3 nodes needs one for its DHCP server and one to hand out',
    )
  })

  test('where the image with network tools is agnhost, or there is none', () => {
    const agnhost = givenArtifact('probe', 'image', 'v2', {reference: 'registry.k8s.io/e2e-test-images/agnhost:2.53'})
    const others = bundleArtifacts.filter(({name}) => name !== 'probe')

    expect(problemOf(() => resolve({}, {artifacts: [...others, agnhost]})).name).toBe('artifact-unavailable')
    expect(problemOf(() => resolve({}, {artifacts: others})).name).toBe('artifact-unavailable')
  })

  test('where another network has the name of its servers, in whatever namespace: a node keeps one file of a name', () => {
    const networks = [givenNetwork('blue-dhcp', macvlanConfig('172.30.0.200', '172.30.0.210'))]

    expect(problemOf(() => resolve({}, {networks})).message).toContain('namespace default has one of that name')
  })
})

describe('a network with DHCP servers', () => {
  const networks = made(resolve())

  test('takes them along when it is removed', async () => {
    const pods = [givenPod('blue-dhcp-x1', {namespace: 'team', requested: 'blue-dhcp'})]
    const plan = removeNetwork({namespace: 'team', name: 'blue', force: false}, givenTarget({networks, pods}))

    await expect(planText(plan)).toMatchFileSnapshot('../golden/plans/net-remove-dhcp-server.txt')
  })

  test('is proven by verify, and the network that only the servers are on is not', () => {
    const scene = sceneOfTarget(givenTarget({networks}), {runId: 'r', everyNode: false})

    expect(new Set(scene.pods.flatMap((pod) => pod.networks))).toEqual(new Set(['team/blue']))
  })
})
