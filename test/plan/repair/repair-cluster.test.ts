import {describe, expect, test} from 'vitest'
import {judgeMultusOrder} from '../../../src/checks/conf-directory.ts'
import {judgeRepair} from '../../../src/plan/repair/judge-repair.ts'
import {findFaults, keyOf, repairCluster, sortFaults} from '../../../src/plan/repair/repair-cluster.ts'
import type {RepairFacts} from '../../../src/plan/repair/repair-facts.ts'
import {cordonedAnnotation} from '../../../src/templates/labels.ts'
import {planText} from '../plan-text.ts'
import {eth0, givenContainer, givenOn, givenPodObject, givenRepair, net1} from './given-repair.ts'

const nobody = {agreed: false, tried: new Set<string>()}

function planOf(facts: RepairFacts, agreed = true) {
  return repairCluster(sortFaults(findFaults(facts), {...nobody, agreed}), facts)
}

/** Subject and what is wrong, of one kind or of all. */
function faultsOf(facts: RepairFacts): readonly string[] {
  return findFaults(facts).map((fault) => `${keyOf(fault)}: ${fault.summary}`)
}

function actionsOf(facts: RepairFacts) {
  return planOf(facts).steps.map(({action}) => action)
}

function withPods(...pods: RepairFacts['podObjects']): RepairFacts {
  const facts = givenRepair()
  return {...facts, podObjects: [...facts.podObjects, ...pods]}
}

/** What a node has when these files lie in its configuration folder. */
function withFiles(...names: readonly string[]): RepairFacts {
  const files = names.map((name) => ({name, content: name.startsWith('00-multus') ? multusText : ciliumText}))
  const texts = Object.fromEntries(files.map(({name, content}) => [name, content]))
  const order = judgeMultusOrder({files: names, texts}, {mode: 'thin', confFile: '05-cilium.conflist'})
  return givenOn('dev-worker', {multus: {order, files}})
}

const ciliumText = '{"cniVersion":"0.3.1","name":"cilium","plugins":[{"type":"cilium-cni"}]}'
const multusText = `{"type":"multus","delegates":[${ciliumText}]}`

describe('a healthy cluster', () => {
  test('has no fault, and the plan is empty and says so', () => {
    expect(findFaults(withPods(givenPodObject('well')))).toEqual([])
    expect(planOf(givenRepair())).toMatchObject({title: 'Repair the cluster dev: nothing to repair', steps: []})
  })
})

describe('the plan', () => {
  test('mends kind after kind, names every fault, and says what is left', async () => {
    const node = withFiles('05-cilium.conflist', '00-multus.conf.cilium_bak')
    const facts: RepairFacts = {
      ...node,
      containers: [
        givenContainer('dev-control-plane', 2),
        givenContainer('dev-worker', 3),
        givenContainer('dev-worker2', 4, {addresses: {kind: {ip: '172.18.0.4', mac: '02:42:ac:12:00:04'}}}),
      ],
      ciliumConfig: {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'c'}, data: {'cni-exclusive': 'true'}},
      podObjects: [
        ...node.podObjects,
        givenPodObject('web-5f-1', {status: [], owner: {kind: 'ReplicaSet', name: 'web-5f'}}),
        givenPodObject('bare', {status: []}),
        givenPodObject('static', {status: [], owner: {kind: 'Node', name: 'dev-worker'}}),
      ],
    }

    await expect(planText(planOf(facts, false))).toMatchFileSnapshot('../../golden/plans/repair.txt')
  })

  test('does again nothing that has not helped', () => {
    const facts = withFiles('05-cilium.conflist')
    const [fault] = findFaults(facts)
    const {mended, left} = sortFaults(findFaults(facts), {agreed: true, tried: new Set(fault ? [keyOf(fault)] : [])})

    expect([mended, left]).toEqual([[], [fault]])
    expect(judgeRepair({mended: fault ? [fault] : [], left, verdicts: []})).toMatchObject([
      {check: 'repair:multus-configuration', subject: 'dev-worker', status: 'fail'},
    ])
  })
})

describe('nodes', () => {
  test('that stand still are started before anything else is looked at, and waited for', () => {
    const facts = givenRepair({
      containers: [givenContainer('dev-control-plane', 2, {state: 'exited'}), givenContainer('dev-worker', 3)],
    })

    expect(faultsOf(facts)[0]).toBe('stopped-nodes:: stopped: dev-control-plane')
    expect(actionsOf(facts).slice(0, 2)).toMatchObject([
      {type: 'start-nodes', nodes: ['dev-control-plane']},
      {type: 'wait', for: {type: 'containerd-answers', nodes: ['dev-control-plane', 'dev-worker']}},
    ])
  })

  test('that somebody has paused are left, with the command that wakes them', () => {
    const facts = givenRepair({containers: [givenContainer('dev-worker', 3, {state: 'paused'})]})

    expect(findFaults(facts)[0]).toMatchObject({
      fix: 'docker unpause dev-worker, then: k8s-local repair dev',
      mends: [],
    })
  })

  test('take pods again only where a run of ours has cordoned them', () => {
    const node = (name: string, annotations = {}) => ({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: {name, annotations},
      spec: {unschedulable: true},
    })
    const facts = givenRepair({
      nodeObjects: [node('dev-worker', {[cordonedAnnotation]: 'a1b2c3'}), node('dev-worker2')],
    })

    expect(faultsOf(facts)).toEqual(['cordoned-nodes:dev-worker: a run of k8s-local that did not end has cordoned it'])
  })

  test('restart for their address only when somebody agrees', () => {
    const moved = {
      check: 'node-address-kept',
      title: '',
      subject: 'dev-worker',
      status: 'fail',
      summary: 'it moved',
      seconds: 0,
    } as const
    const facts = givenRepair({verdicts: [moved]})

    expect(planOf(facts, false).steps).toEqual([])
    expect(planOf(facts, false).notes?.[0]).toContain('with --yes dev-worker restarts')
    expect(actionsOf(facts).slice(0, 2)).toEqual([
      {type: 'pin-node-addresses', nodes: ['dev-worker'], subnets: ['172.30.0.0/24']},
      {type: 'restart-nodes', nodes: ['dev-worker']},
    ])
  })
})

describe('NICs on an extra network', () => {
  const links = givenRepair().onNodes['dev-worker']?.links ?? []
  const change = (other: object) =>
    givenOn('dev-worker', {links: links.map((link) => (link.name === 'eth1' ? {...link, ...other} : link))})

  test.each([
    ['down', {up: false}, 'eth1 is down'],
    ['renamed', {name: 'eth3'}, 'its NIC is called eth3, and eth1 on the other nodes'],
    ['without address', {addresses: []}, 'eth1 has lost its address 172.30.0.3'],
  ])('%s are put right', (_case, other, summary) => {
    expect(faultsOf(change(other))).toEqual([`node-nics:dev-worker on data: ${summary}`])
    expect(actionsOf(change(other))).toEqual([
      {
        type: 'fit-node-nics',
        network: 'dev-data',
        interface: 'eth1',
        addresses: {'dev-worker': '172.30.0.3'},
        prefix: 24,
      },
    ])
  })

  test('that are disconnected come back with the address that create gave them, and what the engine has forgotten goes first', () => {
    const apart = givenContainer('dev-worker', 3, {addresses: {kind: {ip: '172.18.0.3', mac: '02:42:ac:12:00:03'}}})
    const all = (facts: RepairFacts): RepairFacts => ({
      ...facts,
      containers: [givenContainer('dev-control-plane', 2), apart, givenContainer('dev-worker2', 4)],
    })
    const gone = givenOn('dev-worker', {links: links.filter(({name}) => name !== 'eth1')})

    expect(actionsOf(all(gone)).map(({type}) => type)).toEqual(['connect-nodes', 'fit-node-nics'])
    expect(actionsOf(all(gone))[0]).toMatchObject({addresses: {'dev-worker': '172.30.0.3'}})
    expect(actionsOf(all(givenRepair()))[0]).toEqual({
      type: 'delete-node-links',
      links: ['eth1'],
      nodes: ['dev-worker'],
    })
  })

  test('are left when their address is somebody else’s', () => {
    const facts = givenRepair({
      containers: [
        givenContainer('dev-control-plane', 2, {addresses: {kind: {ip: '172.18.0.2', mac: ''}}}),
        givenContainer('dev-worker', 2),
      ],
    })

    expect(findFaults(facts)[0]).toMatchObject({cause: 'its address 172.30.0.2 is taken by dev-worker', mends: []})
  })
})

describe('plugins', () => {
  test('come back from where each came', () => {
    const facts = givenOn('dev-worker', {plugins: {'host-local': 'good'}})

    expect(faultsOf(facts)).toEqual(['cni-plugins:dev-worker: missing in /opt/cni/bin: macvlan, multus, whereabouts'])
    expect(planOf(facts).steps.map(({title}) => title)).toEqual([
      'Copy the CNI plugins v1.9.1 into dev-worker',
      'Restart whereabouts on dev-worker',
      'Wait for the roll-out of whereabouts',
      'Restart Multus on dev-worker',
      'Wait until Multus comes first on dev-worker',
    ])
  })

  test('that are empty are unpacked again, for the unpacked one is the same file', () => {
    const facts = givenOn('dev-worker', {plugins: {macvlan: 'broken', multus: 'good', whereabouts: 'good'}})

    expect(actionsOf(facts)).toMatchObject([
      {type: 'delete-node-files', path: '/opt/cni/bin/macvlan'},
      {type: 'delete-node-files', path: '/opt/cni/k8s-local-plugins-v1.9.1'},
      {type: 'copy-cni-plugins', nodes: ['dev-worker']},
    ])
  })
})

describe('the configuration of Multus', () => {
  test('that is missing is written by Multus itself', () => {
    expect(actionsOf(withFiles('05-cilium.conflist'))).toMatchObject([
      {type: 'delete-objects', objects: [{name: 'kube-multus-ds-on-dev-worker'}]},
      {type: 'wait', for: {type: 'multus-first', nodes: ['dev-worker']}},
    ])
  })

  test('needs no restart where only a renamed file was left behind', () => {
    expect(actionsOf(withFiles('00-multus.conf', '05-cilium.conflist', '00-multus.conf.cilium_bak'))).toEqual([
      {type: 'delete-node-files', path: '/etc/cni/net.d/00-multus.conf.cilium_bak', nodes: ['dev-worker']},
    ])
  })

  test('that somebody else’s shadows comes first again when that one may be put aside, and nothing of it is lost', () => {
    const facts = withFiles('00-a.conflist', '00-multus.conf', '05-cilium.conflist')

    expect(findFaults(facts)).toMatchObject([
      {asks: '00-a.conflist on dev-worker is renamed to 00-a.conflist.k8s-local_bak'},
    ])
    expect(actionsOf(facts).slice(0, 2)).toEqual([
      {
        type: 'write-node-files',
        path: '/etc/cni/net.d/00-a.conflist.k8s-local_bak',
        files: {'dev-worker': `${ciliumText}\n`},
      },
      {type: 'delete-node-files', path: '/etc/cni/net.d/00-a.conflist', nodes: ['dev-worker']},
    ])
  })

  test('waits for the primary CNI where that one’s file is gone too', () => {
    expect(planOf(withFiles('00-multus.conf')).steps.map(({title}) => title)).toEqual([
      'Restart Cilium on dev-worker',
      'Wait for 05-cilium.conflist on dev-worker',
      'Restart Multus on dev-worker',
      'Wait until Multus comes first on dev-worker',
    ])
  })
})

describe('the memory of Multus', () => {
  const withLimit = (memory: string) =>
    givenRepair({
      multusDaemonSet: {
        apiVersion: 'apps/v1',
        kind: 'DaemonSet',
        metadata: {name: 'kube-multus-ds', namespace: 'kube-system'},
        spec: {template: {spec: {containers: [{name: 'kube-multus', resources: {limits: {memory}}}]}}},
      },
    })

  test('is what our manifest gives it where it has less', () => {
    expect(actionsOf(withLimit('50Mi'))[0]).toMatchObject({
      type: 'patch-object',
      patch: {
        spec: {template: {spec: {containers: [{name: 'kube-multus', resources: {limits: {memory: '256Mi'}}}]}}},
      },
    })
  })

  test.each(['256Mi', '1Gi', '300M', 'plenty'])('is left where it is %s', (memory) => {
    expect(findFaults(withLimit(memory))).toEqual([])
  })
})

describe('pods without an interface that they ask for', () => {
  test.each([
    ['Multus never saw', {status: []}, 'it runs without default/blue: Multus never saw it'],
    ['lack one of two', {networks: 'default/blue,default/blue'}, 'it runs without default/blue'],
    ['have lost one', {status: [eth0, {...net1, mac: 'aa:00:00:00:00:09'}]}, 'it has lost net1 (default/blue)'],
  ])('that %s are named', (_case, wish, summary) => {
    expect(faultsOf(withPods(givenPodObject('one', wish)))).toEqual([`lost-interfaces:team/one: ${summary}`])
  })

  test.each([
    ['of kube-system', {namespace: 'kube-system'}],
    ['on the network of the node', {hostNetwork: true}],
    ['that have ended', {phase: 'Succeeded'}],
    ['that have not begun', {phase: 'Pending'}],
    ['whose annotation Multus could not read either', {networks: '{'}],
  ])('%s are left alone', (_case, wish) => {
    expect(findFaults(withPods(givenPodObject('one', {status: [], ...wish})))).toEqual([])
  })

  test('of a controller are evicted, by their uid, and its roll-out is waited for', () => {
    const owner = {kind: 'ReplicaSet', name: 'web-5f'}

    expect(actionsOf(withPods(givenPodObject('web-5f-1', {status: [], owner})))).toMatchObject([
      {type: 'evict-pods', pods: [{namespace: 'team', name: 'web-5f-1', uid: 'uid-of-web-5f-1'}]},
      {type: 'wait', for: {type: 'rollout', kind: 'Deployment', namespace: 'team', name: 'web'}},
    ])
  })

  test('that are bare are made anew from their specification, when somebody agrees', () => {
    const facts = withPods(givenPodObject('bare', {status: []}))

    expect(planOf(facts, false).steps).toEqual([])
    expect(actionsOf(facts)).toMatchObject([
      {type: 'delete-objects', objects: [{kind: 'Pod', name: 'bare'}]},
      {type: 'apply-objects', objects: [{kind: 'Pod', spec: {nodeName: 'dev-worker'}}]},
      {type: 'wait', for: {type: 'pods-ready', names: ['bare']}},
    ])
  })

  test('whose network is gone run on: a new one would not start', () => {
    const [fault] = findFaults(withPods(givenPodObject('one', {status: [], networks: 'default/blue, default/gone'})))

    expect(fault).toMatchObject({cause: 'there is no network default/gone', mends: []})
  })

  test('whose sandbox is not the one that the API tells of are not judged by what it has', () => {
    const facts = givenOn('dev-worker', {podNamespaces: [{macs: [], addresses: ['10.244.1.8']}]})

    expect(findFaults({...facts, podObjects: [...facts.podObjects, givenPodObject('restarting')]})).toEqual([])
  })
})
