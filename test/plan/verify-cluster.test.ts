import {describe, expect, test} from 'vitest'
import {checks} from '../../src/checks/index.ts'
import {sceneOfTarget} from '../../src/plan/scene.ts'
import {checksOfTier} from '../../src/plan/select-checks.ts'
import {removeRun} from '../../src/plan/parts/remove-run.ts'
import {verifyCluster, type VerifyClusterInput} from '../../src/plan/verify-cluster.ts'
import type {TargetFacts} from '../../src/plan/facts.ts'
import {Problem} from '../../src/problem.ts'
import {runLabel} from '../../src/templates/labels.ts'
import {runKinds} from '../../src/templates/run-kinds.ts'
import {givenNetwork, givenNode, givenTarget, macvlanConfig} from './given-target.ts'
import {planText} from './plan-text.ts'

const blue = givenNetwork('blue', macvlanConfig('172.30.0.64', '172.30.0.127'))
const inside = givenNetwork('inside', {
  cniVersion: '0.3.1',
  type: 'bridge',
  bridge: 'br-inside',
  ipam: {type: 'host-local', ranges: [[{subnet: '10.100.0.0/24'}]]},
})

function verify(facts: Partial<TargetFacts> = {}, input: Partial<VerifyClusterInput> = {}) {
  return verifyCluster(
    {tier: 'default', patterns: [], networks: [], namespaces: [], keep: 'never', ...input},
    givenTarget({networks: [blue, inside], ...facts}),
  )
}

function subjects(plan: ReturnType<typeof verify>, check: string) {
  return plan.steps.flatMap(({action}) =>
    action.type === 'check' && action.request.check === check ? [action.request.subject] : [],
  )
}

describe('verify', () => {
  test('judges every thing by itself, and cleans up', async () => {
    await expect(planText(verify())).toMatchFileSnapshot('../golden/plans/verify.txt')
  })

  test('collects a diagnosis where one is asked for, before it removes what failed, and only after failures', () => {
    const {always} = verify({}, {diagnoseInto: '/out'})

    expect(always.map(({id, when}) => [id, when])).toEqual([
      ['diagnose', ['checks-failed', 'checks-unjudged', 'failed']],
      ['remove-probe-pods', undefined],
    ])
    expect(always[0]?.action).toEqual({type: 'collect-diagnosis', folder: `/out/diagnosis-dev-${givenTarget().runId}`})
  })

  test('checks that need no pod wait for none, the others do', () => {
    const steps = verify().steps.filter(({id}) => id.startsWith('check:'))
    const waits = (check: string) =>
      steps.filter(({id}) => id.split(':')[1] === check).map(({after}) => after.length > 0)

    for (const check of ['nodes-healthy', 'multus-first', 'plugins-present']) expect(waits(check)).not.toContain(true)
    for (const check of ['reach-same-node', 'primary-unharmed']) expect(waits(check)).not.toContain(false)
  })

  test('a bridge is proven on one node, a macvlan on one and across nodes', () => {
    const pairs = (check: string) => subjects(verify(), check) as unknown as readonly {network: string}[]

    expect(pairs('reach-same-node').map(({network}) => network)).toEqual(['default/blue', 'default/inside'])
    expect(pairs('reach-across-nodes').map(({network}) => network)).toEqual(['default/blue'])
  })

  test.each(['private', 'vepa', 'passthru'])('two pods of one node are not expected to meet in mode %s', (mode) => {
    const networks = [givenNetwork('blue', {...macvlanConfig('172.30.0.64', '172.30.0.127'), mode})]

    expect(subjects(verify({networks}), 'reach-same-node')).toEqual([null])
    expect(subjects(verify({networks}), 'reach-across-nodes')).toHaveLength(1)
  })

  test('pods that fail to start do not stop the rest: their wait goes on', () => {
    const wait = verify().steps.find(({id}) => id === 'probe-pods-ready')?.action

    expect(wait).toMatchObject({type: 'wait', onTimeout: 'continue'})
  })

  test.each([
    ['never', undefined],
    ['on-failure', ['done', 'failed', 'interrupted']],
    ['always', ['failed', 'interrupted']],
  ] as const)('what it made is removed where it is kept %s', (keep, when) => {
    const [remove, ...others] = verify({}, {keep, removeByHand: 'k8s-local verify dev --cleanup'}).always

    expect(others).toEqual([])
    expect(remove?.when).toEqual(when)
    expect(remove?.byHand).toBe('k8s-local verify dev --cleanup')
  })

  test('what checks want outside of the namespace is removed with it', () => {
    const role = {apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: {name: 'space'}}
    const pod = {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'a', namespace: 'space'}}
    const space = {apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'space'}}
    const steps = [
      {id: 'a', title: 'A', action: {type: 'apply-objects', objects: [space, pod, role]}, after: []},
    ] as const

    expect(
      removeRun({scene: {namespace: 'space'}, ownNamespace: true, restarted: false, keep: 'never'}, steps).action,
    ).toMatchObject({
      objects: [
        {kind: 'ClusterRole', name: 'space'},
        {kind: 'Namespace', name: 'space'},
      ],
    })
  })

  test('all that it makes carries the id of the run, and lies where --cleanup looks', () => {
    // What is installed again after its removal was there before.
    const plan = verify({}, {tier: 'full', patterns: ['!survives-uninstall']})
    const made = plan.steps.flatMap(({action}) => (action.type === 'apply-objects' ? action.objects : []))
    const unfindable = made.filter(
      ({apiVersion, kind, metadata}) =>
        metadata.labels?.[runLabel] !== givenTarget().runId ||
        !(
          metadata.namespace?.startsWith('k8s-local-verify-') ||
          runKinds.some((one) => one.kind === kind && one.apiVersion === apiVersion)
        ),
    )

    expect(made.length).toBeGreaterThan(0)
    expect(unfindable).toEqual([])
  })

  test('only the networks asked for are looked at', () => {
    const plan = verify({}, {networks: [{namespace: 'default', name: 'inside'}]})

    expect(subjects(plan, 'network-valid')).toMatchObject([{network: 'default/inside'}])
    expect(() => verify({}, {networks: [{namespace: 'team', name: 'inside'}]})).toThrow(Problem)
  })

  test('the full proof has a pod on the control plane too', () => {
    expect(subjects(verify({}, {tier: 'full'}), 'attachment-real')).toHaveLength(4)
    expect(subjects(verify(), 'attachment-real')).toHaveLength(3)
  })

  test('without Multus the primary network is what is left to prove', () => {
    const {record} = givenTarget()
    const plan = verify({record: {...record, multus: 'none'}, networks: []})

    const requests = plan.steps.flatMap(({action}) => (action.type === 'check' ? [action.request] : []))
    const looking = requests.filter(({skip}) => skip === undefined).map(({check}) => check)
    expect(new Set(looking)).toContain('primary-unharmed')
    expect(requests.find(({check}) => check === 'multus-first')?.skip).toBe('Multus is not installed')
    expect(new Set(requests.map(({check}) => check))).toEqual(new Set(checksOfTier('default')))
  })

  test('without networks it says how to make one', () => {
    expect(verify({networks: []}).notes).toEqual(['there is no network to attach to: k8s-local net add makes one'])
  })
})

describe('the scene', () => {
  const options = {runId: 'r', everyNode: false}

  test.each([
    ['cannot be read', givenNetwork('odd', '{')],
    [
      'needs a device',
      givenNetwork('odd', {type: 'sriov'}, {annotations: {'k8s.v1.cni.cncf.io/resourceName': 'vendor/nic'}}),
    ],
    ['needs addresses from the pod', givenNetwork('odd', {type: 'macvlan', ipam: {type: 'static'}})],
    ['needs a DHCP server', givenNetwork('odd', {type: 'macvlan', ipam: {type: 'dhcp'}})],
  ])('a network that %s is judged, but not put on the probe pods, where it would hide the rest', (_, odd) => {
    const scene = sceneOfTarget(givenTarget({networks: [blue, odd]}), options)

    expect(scene.networks.map(({name}) => name)).toEqual(['blue', 'odd'])
    expect(scene.pods.every(({networks}) => networks.join() === 'default/blue')).toBe(true)
  })

  test('pods are placed where the scheduler would: on workers, else on the control plane', () => {
    expect(sceneOfTarget(givenTarget(), options).pods.map(({node}) => node)).toEqual([
      'dev-worker',
      'dev-worker2',
      'dev-worker',
    ])
    expect(
      sceneOfTarget(givenTarget({nodes: [givenNode('dev-control-plane', 2)]}), options).pods.map(({node}) => node),
    ).toEqual(['dev-control-plane', 'dev-control-plane'])
  })

  test('the slices of a network reach the check of each node', () => {
    const slices = {
      'dev-worker': JSON.stringify(macvlanConfig('172.30.0.64', '172.30.0.95', 'host-local')),
      'dev-worker2': JSON.stringify(macvlanConfig('172.30.0.96', '172.30.0.127', 'host-local')),
    }
    const scene = sceneOfTarget(givenTarget({networks: [givenNetwork('sliced', '', {nodeConfigs: slices})]}), options)

    expect(checks['attachment-real'].subjects(scene)).toMatchObject([
      {networks: [{config: slices['dev-worker']}]},
      {networks: [{config: slices['dev-worker2']}]},
      {networks: [{config: slices['dev-worker']}]},
    ])
    expect(scene.networks[0]).toMatchObject({type: 'macvlan', spansNodes: true, plugins: ['macvlan', 'host-local']})
  })
})
