import {describe, expect, test} from 'vitest'
import {addPod} from '../../src/plan/add-pod.ts'
import {deleteCluster} from '../../src/plan/delete-cluster.ts'
import type {TargetFacts} from '../../src/plan/facts.ts'
import {removeNetwork} from '../../src/plan/remove-network.ts'
import {removePod} from '../../src/plan/remove-pod.ts'
import {requestedNetworks} from '../../src/plan/requested-networks.ts'
import type {TestPodSpec} from '../../src/spec/pod-spec.ts'
import {givenArtifact, givenCluster, givenFacts} from './given.ts'
import {givenWorkload} from './given-workload.ts'
import {givenNetwork, givenNode, givenPod, givenTarget, macvlanConfig} from './given-target.ts'
import {planText} from './plan-text.ts'
import {problemOf} from './problem-of.ts'

const blue = givenNetwork('blue', macvlanConfig('172.30.0.64', '172.30.0.127'))
const slice = (start: string, end: string): string => JSON.stringify(macvlanConfig(start, end, 'host-local'))
const sliced = givenNetwork('sliced', '', {
  nodeConfigs: {'dev-worker': slice('172.30.0.64', '172.30.0.95'), 'dev-worker2': slice('172.30.0.96', '172.30.0.127')},
})

describe('pod add', () => {
  function pod(other: Partial<TestPodSpec> = {}): TestPodSpec {
    return {name: 'web', namespace: 'default', attachments: [{network: 'blue'}], ...other}
  }

  function add(spec: Partial<TestPodSpec> = {}, facts: Partial<TargetFacts> = {}) {
    return addPod({spec: pod(spec)}, givenTarget({networks: [blue, sliced], ...facts}))
  }

  test('brings the image, makes the pod, and waits for it', async () => {
    await expect(planText(add({node: 'dev-worker2'}))).toMatchFileSnapshot('../golden/plans/pod-add.txt')
  })

  test('a pod that may run anywhere needs its image everywhere', () => {
    expect(add().steps[0]?.action).toMatchObject({
      type: 'import-images',
      nodes: ['dev-control-plane', 'dev-worker', 'dev-worker2'],
    })
  })

  test('an image from a registry is pulled first', () => {
    const probe = givenArtifact('probe', 'image', 'v1', {origin: {kind: 'online', source: 'x'}})

    expect(add({}, {artifacts: [probe]}).steps.map(({action}) => action.type)).toEqual([
      'pull-images',
      'import-images',
      'apply-objects',
      'wait',
    ])
  })

  test('an address of a slice decides the node', () => {
    const plan = add({attachments: [{network: 'sliced', ip: '172.30.0.100'}]})

    expect(plan.steps[0]?.action).toMatchObject({nodes: ['dev-worker2']})
    expect(JSON.stringify(plan.steps[1]?.action)).toContain('"nodeName":"dev-worker2"')
  })

  test.each([
    [{attachments: [{network: 'green'}]}, 'There is no network default/green: there are default/blue, default/sliced'],
    [
      {attachments: [{network: 'blue', namespace: 'team'}]},
      'There is no network team/blue: there are default/blue, default/sliced',
    ],
    [{node: 'dev-worker7'}, 'There is no node dev-worker7: there are dev-control-plane, dev-worker, dev-worker2'],
    [{namespace: 'nowhere', attachments: []}, 'There is no namespace nowhere'],
    [
      {attachments: [{network: 'blue', ip: '172.30.0.70'}]},
      'Whereabouts hands out the addresses of default/blue, and takes no requests',
    ],
    [
      {attachments: [{network: 'sliced', ip: '172.30.0.200'}]},
      '172.30.0.200 is outside the range of default/sliced: 172.30.0.64-172.30.0.95, 172.30.0.96-172.30.0.127',
    ],
    [
      {node: 'dev-worker', attachments: [{network: 'sliced', ip: '172.30.0.100'}]},
      '172.30.0.100 is in the slice of dev-worker2, and the pod is to run on dev-worker',
    ],
  ] as const)('%j is refused', (spec, message) => {
    const found = problemOf(() => add(spec))

    expect(found.name).toBe('invalid-input')
    expect(found.message).toBe(message)
  })

  test('requests that a network would silently ignore, or cannot do without, are refused', () => {
    const deaf = givenNetwork('deaf', {...macvlanConfig('172.30.0.64', '172.30.0.95', 'host-local'), capabilities: {}})
    const fixed = givenNetwork('fixed', {
      cniVersion: '0.3.1',
      type: 'macvlan',
      master: 'eth1',
      capabilities: {ips: true},
      ipam: {type: 'static'},
    })
    const broken = givenNetwork('broken', '{')
    const networks = [deaf, fixed, broken]

    expect(problemOf(() => add({attachments: [{network: 'deaf', ip: '172.30.0.70'}]}, {networks})).message).toContain(
      'default/deaf ignores requests for addresses, silently',
    )
    expect(problemOf(() => add({attachments: [{network: 'fixed'}]}, {networks})).message).toBe(
      'The pods of default/fixed bring their own addresses, and none is asked for',
    )
    expect(problemOf(() => add({attachments: [{network: 'fixed', ip: '172.30.0.9'}]}, {networks})).suggestions).toEqual(
      ['--ip 172.30.0.9/24'],
    )
    expect(problemOf(() => add({attachments: [{network: 'broken'}]}, {networks})).message).toContain(
      'The configuration of default/broken cannot be read',
    )
    expect(add({attachments: [{network: 'fixed', ip: '172.30.0.9/24'}]}, {networks}).steps).toHaveLength(3)
  })

  test('an address that another pod has is refused with the pod', () => {
    const pods = [givenPod('db', {status: [{name: 'default/sliced', ips: ['172.30.0.70']}]})]

    expect(problemOf(() => add({attachments: [{network: 'sliced', ip: '172.30.0.70'}]}, {pods})).message).toBe(
      '172.30.0.70 is the address of default/db',
    )
  })

  test('all that is wrong is told at once', () => {
    expect(
      problemOf(() => add({node: 'x', namespace: 'nowhere', attachments: [{network: 'a'}, {network: 'b'}]})).findings,
    ).toHaveLength(4)
  })

  test('a node that is not Ready, a pod that exists, a missing image and a missing Multus are refused', () => {
    const {record} = givenTarget()

    expect(
      problemOf(() => add({node: 'dev-worker'}, {nodes: [givenNode('dev-worker', 3, {ready: false})]})).message,
    ).toBe('The node dev-worker is not Ready')
    expect(problemOf(() => add({}, {pods: [givenPod('web')]})).name).toBe('pod-exists')
    expect(problemOf(() => add({}, {artifacts: []})).name).toBe('artifact-unavailable')
    expect(problemOf(() => add({}, {record: {...record, multus: 'none'}})).name).toBe('multus-missing')
  })
})

describe('pod remove', () => {
  test('waits until the pod is gone', () => {
    const plan = removePod({observed: givenWorkload('Pod', 'web')}, givenTarget())

    expect(plan.steps.map(({action}) => action.type)).toEqual(['delete-objects', 'wait'])
  })

  test('names the pods that there are', () => {
    const {object: _, ...missing} = givenWorkload('Pod', 'web')
    const found = problemOf(() =>
      removePod({observed: missing}, givenTarget({pods: [givenPod('db', {requested: 'blue'})]})),
    )

    expect(found).toMatchObject({message: 'There is no pod default/web', cause: 'Pods with networks: default/db'})
  })

  test('takes the Service of a StatefulSet along, and waits for all pods', () => {
    const ours = {labels: {'app.kubernetes.io/managed-by': 'k8s-local'}}
    const plan = removePod({observed: givenWorkload('StatefulSet', 'db', {metadata: ours})}, givenTarget())

    expect(plan.steps.map(({action}) => action)).toMatchObject([
      {
        objects: [
          {kind: 'StatefulSet', name: 'db'},
          {kind: 'Service', name: 'db'},
        ],
      },
      {for: {type: 'pods-gone', names: ['db-0', 'db-1']}},
    ])
  })

  test('leaves a workload of somebody else alone', () => {
    expect(problemOf(() => removePod({observed: givenWorkload('Deployment', 'web')}, givenTarget()))).toMatchObject({
      message: 'k8s-local has not made the Deployment default/web, and removes only what it has made',
      suggestions: ['kubectl delete deployment web --namespace default'],
    })
  })
})

describe('net remove', () => {
  const input = {namespace: 'default', name: 'blue', force: false}

  test('deletes the network', () => {
    expect(removeNetwork(input, givenTarget({networks: [blue]})).steps.map(({id}) => id)).toEqual([
      'remove-network:default/blue',
    ])
  })

  test('deletes the files of slices too', async () => {
    const annotations = {'k8s-local.dev/config-file': '/etc/cni/multus/net.d/default-sliced.conf'}
    const plan = removeNetwork({...input, name: 'sliced'}, givenTarget({networks: [{...sliced, annotations}]}))

    await expect(planText(plan)).toMatchFileSnapshot('../golden/plans/net-remove-slices.txt')
  })

  test.each([
    ['has an interface on it', {status: [{name: 'default/blue', ips: ['172.30.0.70']}]}],
    ['asks for it and has not started', {phase: 'Pending', requested: 'blue@data1'}],
    ['asks for it in JSON', {requested: '[{"name": "blue", "namespace": "default"}]', namespace: 'team'}],
  ])('refuses while a pod %s', (_, other) => {
    const facts = givenTarget({networks: [blue], pods: [givenPod('web', other)]})

    expect(problemOf(() => removeNetwork(input, facts))).toMatchObject({
      name: 'network-in-use',
      message: 'The network default/blue is in use by 1 pod',
    })
    expect(removeNetwork({...input, force: true}, facts).notes?.[0]).toContain(
      'web keep their interface until they end',
    )
  })

  test('pods that have ended do not use it', () => {
    const pods = [givenPod('job', {phase: 'Succeeded', requested: 'blue'})]

    expect(removeNetwork(input, givenTarget({networks: [blue], pods})).steps).toHaveLength(1)
  })

  test('says where a network of that name is', () => {
    expect(
      problemOf(() => removeNetwork({...input, namespace: 'team'}, givenTarget({networks: [blue]}))),
    ).toMatchObject({
      name: 'network-not-found',
      cause: 'There is default/blue',
    })
  })
})

describe('requestedNetworks', () => {
  test.each([
    ['', []],
    ['a, team/b@net5', ['default/a', 'team/b']],
    ['a,', ['default/a']],
    ['[{"name":"a"},{"name":"b","namespace":"team"}]', ['default/a', 'team/b']],
    ['[{"interface":"net1"}]', []],
    ['{"name":"a"}', []],
    ['[{"name":', []],
  ])('%j asks for %j', (requested, networks) => {
    expect(requestedNetworks({requested, namespace: 'default'})).toEqual(networks)
  })
})

describe('delete', () => {
  test('removes nodes, networks, kubeconfig entries and journal, in this order', async () => {
    await expect(
      planText(deleteCluster({cluster: 'dev'}, givenFacts({clusters: [givenCluster()]}))),
    ).toMatchFileSnapshot('../golden/plans/delete.txt')
  })

  test.each([
    [
      'only engine networks',
      {engineNetworks: [{name: 'dev-data', subnets: [], labels: {'k8s-local.dev/cluster': 'dev'}}]},
    ],
    ['only a journal', {clusters: [givenCluster({nodes: [], networks: []})]}],
  ])('removes what is left when there are %s', (_, facts) => {
    expect(deleteCluster({cluster: 'dev'}, givenFacts(facts)).steps).toHaveLength(4)
  })

  test('cleans every kubeconfig that got the context, or only the one that is named', () => {
    const given = givenCluster()
    const journal = given.journal && {...given.journal, kubeconfigs: ['/home/dev/.kube/config', '/srv/team']}
    const facts = givenFacts({clusters: [givenCluster({...(journal && {journal})})]})
    const cleaned = (kubeconfig?: string) =>
      deleteCluster({cluster: 'dev', ...(kubeconfig !== undefined && {kubeconfig})}, facts).steps.flatMap(({action}) =>
        action.type === 'remove-kubeconfig-entries' ? [action.file] : [],
      )

    expect(cleaned()).toEqual(['/home/dev/.kube/config', '/srv/team'])
    expect(cleaned('/elsewhere')).toEqual(['/elsewhere'])
  })

  test('says what there is when there is nothing of that name', () => {
    expect(problemOf(() => deleteCluster({cluster: 'prod'}, givenFacts({clusters: [givenCluster()]})))).toMatchObject({
      name: 'cluster-not-found',
      cause: 'k8s-local has made: dev',
    })
    expect(problemOf(() => deleteCluster({cluster: 'prod'}, givenFacts())).cause).toBe(
      'k8s-local has made no cluster on this machine',
    )
  })

  test('leaves a kind cluster alone that k8s-local did not make', () => {
    const {journal: _, ...stranger} = givenCluster()

    expect(problemOf(() => deleteCluster({cluster: 'dev'}, givenFacts({clusters: [stranger]})))).toMatchObject({
      name: 'cluster-not-found',
      suggestions: ['kind delete cluster --name dev'],
    })
  })
})
