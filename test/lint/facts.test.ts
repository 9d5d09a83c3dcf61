import {describe, expect, test} from 'vitest'
import {lint} from '../../src/lint/lint.ts'
import type {Source} from '../../src/lint/source.ts'
import {briefly, lintText, networkText, podText, sourceOf, twoNodes} from './given.ts'

const bridge = {
  cniVersion: '1.0.0',
  type: 'bridge',
  bridge: 'br-data',
  ipam: {type: 'host-local', subnet: '10.20.0.0/24'},
}
const macvlan = {cniVersion: '1.0.0', type: 'macvlan', master: 'eth1', ipam: {type: 'static'}}

function severities(
  text: string,
  more: Parameters<typeof lintText>[1] = {facts: twoNodes},
): Readonly<Record<string, string>> {
  return Object.fromEntries(lintText(text, more).findings.map(({code, severity}) => [code, severity]))
}

describe('with the facts of a cluster', () => {
  test('a NIC that every node has is right, one that is missing is an error that names the nodes', () => {
    expect(severities(networkText(macvlan))).toEqual({})

    const {findings} = lintText(networkText({...macvlan, master: 'eth2'}), {facts: twoNodes})
    expect(findings).toMatchObject([
      {
        code: 'KL-L401',
        severity: 'error',
        message: 'eth2 does not exist on lab-worker, lab-worker2',
        fix: 'On every node there are: eth0, eth1',
      },
    ])
  })

  test('the MTU of the NIC counts, not the usual one', () => {
    expect(severities(networkText({...macvlan, mtu: 9000}))).toEqual({})
    expect(severities(networkText({...macvlan, mtu: 9001}))).toEqual({'KL-L403': 'error'})
  })

  test("the cluster's own subnets and addresses count, not the usual ones", () => {
    const on = (subnet: string) => networkText({...bridge, ipam: {type: 'host-local', subnet}})

    expect(severities(on('10.244.0.0/16'))).toEqual({})
    expect(severities(on('10.50.3.0/24'))).toEqual({'KL-L304': 'error'})
    expect(severities(on('172.30.0.0/24'))).toEqual({'KL-L304': 'error'})
  })

  test('a plugin that is not on the nodes is an error', () => {
    expect(severities(networkText({...macvlan, ipam: {type: 'whereabouts', range: '10.30.0.0/24'}}))).toEqual({
      'KL-L207': 'error',
    })
  })

  test('host-local on a shared wire is an error with two nodes and right with one', () => {
    const text = networkText({...macvlan, ipam: bridge.ipam})
    const [only] = twoNodes.nodes

    expect(severities(text)).toEqual({'KL-L306': 'error'})
    expect(severities(text, {facts: {...twoNodes, nodes: only ? [only] : []}})).toEqual({})
  })

  test('default-route is right in a Multus that carries it out', () => {
    const text = podText([{name: 'data', 'default-route': ['10.20.0.1']}])
    const known = [{...sourceOf(networkText(bridge)), origin: 'cluster' as const}]

    expect(severities(text, {facts: twoNodes, known})).toEqual({})
    expect(severities(text, {facts: {...twoNodes, multusVersion: '4.2.1'}, known})).toEqual({'KL-L509': 'error'})
  })

  test('a network that is nowhere is an error; one of the cluster is found and not judged', () => {
    expect(severities(podText('data'))).toEqual({'KL-L505': 'error'})
    const broken = {...sourceOf(networkText({...bridge, mtu: 'x'})), origin: 'cluster' as const}
    expect(severities(podText('data'), {facts: twoNodes, known: [broken]})).toEqual({})
  })

  test('a namespace that is nowhere is an error', () => {
    expect(severities(networkText(bridge, {namespace: 'nowhere'}))).toEqual({'KL-L602': 'error'})
  })

  test('a network of a namespace that Multus keeps the pod from is an error', () => {
    const text = podText('team/data', {namespace: 'web'})
    const known = [{...sourceOf(networkText(bridge, {namespace: 'team'})), origin: 'cluster' as const}]
    const facts = {...twoNodes, namespaces: ['team', 'web']}
    const isolated = (...shared: string[]) => severities(text, {facts: {...facts, isolation: {shared}}, known})

    expect(severities(text, {facts, known})).toEqual({})
    expect(isolated('default')).toEqual({'KL-L517': 'error'})
    expect(isolated('default', 'team')).toEqual({})

    const unqualified = podText('data', {namespace: 'web'})
    const fixOf = (shared: readonly string[]) =>
      lintText(unqualified, {facts: {...facts, isolation: {shared}}, known}).findings.map(({fix, edit}) => [
        fix,
        edit !== undefined,
      ])
    expect(fixOf(['team'])).toEqual([['Write team/data', true]])
    expect(fixOf([])).toEqual([['Make one in web: Multus keeps its pods from those of team', false]])
  })

  test('a resource that no node advertises is an error', () => {
    const text = networkText(bridge, {annotations: {'k8s.v1.cni.cncf.io/resourceName': 'intel.com/vf'}})
    const [one, two] = twoNodes.nodes
    const advertised = (resource: string) =>
      severities(text, {facts: {...twoNodes, nodes: one && two ? [one, {...two, resources: [resource]}] : []}})

    expect(advertised('intel.com/vf')).toEqual({})
    expect(advertised('intel.com/other')).toEqual({'KL-L209': 'error'})
  })

  test("a range of this machine's networks is told, unless the network is on a NIC in it", () => {
    const machine = [
      {subnet: '172.17.0.0/16', owner: 'the engine network bridge', hasNodes: false},
      {subnet: '172.31.0.0/24', owner: 'the engine network lab-lan', hasNodes: true},
      {subnet: '10.128.0.0/9', owner: 'a route of this machine', hasNodes: false},
    ]
    const on = (type: 'bridge' | 'macvlan', address: string) => {
      const ipam = {type: 'static', addresses: [{address}]}
      return severities(networkText({...(type === 'bridge' ? bridge : macvlan), ipam}), {facts: {...twoNodes, machine}})
    }

    expect(on('bridge', '10.20.0.5/24')).toEqual({})
    expect(on('bridge', '10.200.0.5/24')).toEqual({'KL-L309': 'warn'})
    expect(on('macvlan', '172.17.0.5/24')).toEqual({'KL-L309': 'warn'})
    expect(on('bridge', '172.31.0.5/24')).toEqual({'KL-L309': 'warn'})
    expect(on('macvlan', '172.31.0.5/24')).toEqual({})
  })

  test('a node in a cloud is told of, with the reason for the type', () => {
    const cloud = {...twoNodes, nodes: twoNodes.nodes.map((node) => ({...node, provider: 'aws'}))}
    const told = (type: string) =>
      lintText(networkText({...macvlan, type}), {facts: {...cloud, plugins: [], multusVersion: '4.3.0'}}).findings

    expect(told('macvlan')).toMatchObject([
      {code: 'KL-L404', severity: 'info', message: expect.stringMatching(/runs in AWS, .* MAC/)},
    ])
    expect(told('ipvlan')).toMatchObject([
      {code: 'KL-L404', severity: 'info', message: expect.stringMatching(/runs in AWS, .* IP/)},
    ])
  })

  test('host-local has its range on every node, less the gateway', () => {
    const replicas = (count: number) =>
      `${networkText({...bridge, ipam: {type: 'host-local', subnet: '10.20.0.0/29'}})}---
apiVersion: apps/v1
kind: Deployment
metadata: {name: one, namespace: default}
spec:
  replicas: ${count}
  template:
    metadata: {annotations: {k8s.v1.cni.cncf.io/networks: data}}
`

    expect(severities(replicas(10))).toEqual({})
    expect(severities(replicas(11))).toEqual({'KL-L516': 'warn'})
    expect(severities(replicas(5), {})).toEqual({})
    expect(severities(replicas(6), {})).toEqual({'KL-L516': 'info'})
  })

  test('a default network that is named with its namespace has to be there', () => {
    const text = podText('team/data', {key: 'v1.multus-cni.io/default-network'})
    const known = [{...sourceOf(networkText(bridge, {namespace: 'team'})), origin: 'cluster' as const}]

    expect(severities(text)).toEqual({'KL-L510': 'error'})
    expect(severities(text, {facts: twoNodes, known})).toEqual({})
    expect(severities(text, {})).toEqual({})
  })

  test('a range that a network of the cluster hands out is told of the new one only', () => {
    const known = [{...sourceOf(networkText(macvlan)), origin: 'cluster' as const}]
    const take = (name: string) => ({...macvlan, ipam: {type: 'static', addresses: [{address: name}]}})
    const old = [{...sourceOf(networkText(take('10.9.0.5/24'))), origin: 'cluster' as const}]

    expect(severities(networkText(take('10.9.0.5/24'), {name: 'new'}), {facts: twoNodes, known: old})).toEqual({
      'KL-L305': 'error',
    })
    expect(severities(networkText(take('10.9.0.5/24'), {name: 'new'}), {facts: twoNodes, known})).toEqual({})
  })
})

describe('files of the nodes for one network', () => {
  const slice = (node: string, [rangeStart, rangeEnd]: readonly [string, string], more = {}) => ({
    name: `default/data on ${node}`,
    text: networkText({...macvlan, ipam: {type: 'host-local', subnet: '10.20.0.0/24', rangeStart, rangeEnd}, ...more}),
    origin: 'cluster' as const,
    node,
  })
  const judge = (...sources: readonly Source[]) => lint({sources, facts: twoNodes}).findings
  const first = ['10.20.0.10', '10.20.0.19'] as const
  const second = ['10.20.0.20', '10.20.0.29'] as const

  test('are right with a slice for each', () => {
    expect(judge(slice('lab-worker', first), slice('lab-worker2', second))).toEqual([])
  })

  test('clash where two slices overlap', () => {
    expect(judge(slice('lab-worker', first), slice('lab-worker2', ['10.20.0.19', '10.20.0.29']))).toMatchObject([
      {
        code: 'KL-L310',
        file: 'default/data on lab-worker2',
        message: expect.stringMatching(/^10\.20\.0\.19 .* lab-worker and on lab-worker2/),
      },
    ])
  })

  test('are missed on the nodes that have none', () => {
    expect(judge(slice('lab-worker2', second))).toMatchObject([
      {code: 'KL-L111', message: 'lab-worker has no file for data: pods do not start there'},
    ])
  })

  test('are judged by their own nodes, and a mistake of all is told once', () => {
    const findings = judge(
      slice('lab-worker', first, {master: 'eth7', mod: 'bridge'}),
      slice('lab-worker2', second, {mod: 'bridge'}),
    )

    expect(findings.map(({code, file}) => `${code} ${file}`)).toEqual([
      'KL-L401 default/data on lab-worker',
      'KL-L202 default/data on lab-worker',
    ])
  })
})

describe('places', () => {
  test('lie inside the JSON of a block, a quoted text and JSON in JSON', () => {
    const config = '{"cniVersion": "1.0.0", "type": "bridge", "mtu": "x"}'
    const head =
      'kind: NetworkAttachmentDefinition\napiVersion: k8s.cni.cncf.io/v1\nmetadata: {name: a, annotations: {description: a}}\n'
    const json = JSON.stringify({
      kind: 'NetworkAttachmentDefinition',
      apiVersion: 'k8s.cni.cncf.io/v1',
      metadata: {name: 'a', annotations: {description: 'a'}},
      spec: {config},
    })

    expect(briefly(lintText(`${head}spec:\n  config: |\n    ${config.replace(' "mtu"', '\n      "mtu"')}\n`))).toEqual([
      '7:14 KL-L203',
    ])
    expect(briefly(lintText(`${head}spec:\n  config: '${config}'\n`))).toEqual(['5:61 KL-L203'])
    expect(briefly(lintText(json))).toEqual([`1:${json.indexOf('\\"x') + 1} KL-L203`])
  })

  test('are those of the file where it holds several documents and a List', () => {
    const pod = podText('data@storage-for-everybody')
    const list = `apiVersion: v1\nkind: List\nitems:\n${pod.replaceAll(/^/gm, '    ').replace('    apiVersion', '  - apiVersion').trimEnd()}\n`

    const text = `---\n${pod}---\n# nothing\n---\n${list}`
    const places = [text.indexOf('storage-for'), text.lastIndexOf('storage-for')].map((at) => {
      const lines = text.slice(0, at).split('\n')
      return `${lines.length}:${(lines.at(-1)?.length ?? 0) + 1} KL-L504`
    })

    expect(briefly(lintText(text))).toEqual(places)
  })
})
