import {describe, expect, test} from 'vitest'
import type {TargetFacts} from '../../src/plan/facts.ts'
import {verifyCluster, type VerifyClusterInput} from '../../src/plan/verify-cluster.ts'
import type {Step} from '../../src/steps/step.ts'
import {givenArtifact} from './given.ts'
import {givenNetwork, givenTarget, macvlanConfig} from './given-target.ts'
import {planText} from './plan-text.ts'

const blue = givenNetwork('blue', macvlanConfig('172.30.0.64', '172.30.0.127'))
const online = givenArtifact('probe', 'image', '2.53', {
  reference: `registry.example/agnhost:2.53@sha256:${'a'.repeat(64)}`,
  origin: {kind: 'online', source: 'registry.example/agnhost:2.53'},
})
const elsewhere: Partial<TargetFacts> = {nodesHere: false, plugins: [], networks: [blue], artifacts: [online]}

function verify(facts: Partial<TargetFacts>, input: Partial<VerifyClusterInput> = {}) {
  return verifyCluster(
    {tier: 'quick', patterns: [], networks: [], namespaces: [], keep: 'never', ...input},
    givenTarget({networks: [blue], ...facts}),
  )
}

function requests({steps}: {readonly steps: readonly Step[]}) {
  return steps.flatMap(({action}) => (action.type === 'check' ? [action.request] : []))
}

function images({steps}: {readonly steps: readonly Step[]}): readonly unknown[] {
  const objects = steps.flatMap(({action}) => (action.type === 'apply-objects' ? action.objects : []))
  return [
    ...new Set(
      objects.flatMap(
        ({spec}) =>
          ((spec ?? {}) as {containers?: readonly {image: string}[]}).containers?.map(({image}) => image) ?? [],
      ),
    ),
  ]
}

describe('a cluster whose nodes are elsewhere', () => {
  test('is not looked into by the engine: checks that would are skipped, and say what would help', () => {
    const skipped = requests(verify(elsewhere)).filter(({skip}) => skip?.includes('--node-access pod'))

    expect(skipped.map(({check}) => check)).toEqual(
      expect.arrayContaining(['multus-first', 'plugins-present', 'master-on-nodes']),
    )
    expect(verify(elsewhere).notes?.[0]).toContain('checks that look at nodes are skipped')
  })

  test('is looked into through privileged pods where that is wanted', async () => {
    await expect(planText(verify(elsewhere, {nodeAccess: 'pod'}))).toMatchFileSnapshot(
      '../golden/plans/verify-elsewhere.txt',
    )
  })

  test('gets its image from kubelets, by digest, or the one that was named', () => {
    expect(images(verify(elsewhere))).toEqual([online.reference])
    expect(images(verify(elsewhere, {probeImage: 'mine/tools:1'}))).toEqual(['mine/tools:1'])
    expect(verify(elsewhere).steps.some(({action}) => action.type === 'import-images')).toBe(false)
  })

  test('cannot take an image from a bundle on this machine', () => {
    expect(() => verify({...elsewhere, artifacts: [givenArtifact('probe', 'image', 'v1')]})).toThrow('cannot be had')
  })

  test('has networks that nobody has read: that is no fault of theirs', () => {
    const requested = requests(verify({...elsewhere, networks: [givenNetwork('sliced', '')]}, {nodeAccess: 'pod'}))

    expect(requested.find(({check}) => check === 'network-valid')?.subject).toMatchObject({unread: true})
  })

  test('cannot be looked into by the engine, whoever asks', () => {
    expect(() => verify(elsewhere, {nodeAccess: 'engine'})).toThrow('cannot be looked at by the container engine')
  })
})

test('privileged pods are started only for checks that look at nodes', () => {
  const plan = verify({}, {nodeAccess: 'pod', patterns: ['nodes-healthy']})

  expect(plan.steps.map(({id}) => id)).not.toContain('node-pods')
})

test.each([
  [{nodeAccess: 'none' as const}, undefined],
  [{nodeAccess: 'pod' as const}, 'k8s-local-verify-a1b2c3'],
  [{}, undefined],
])('with %o a look at a node goes through pods in %s', (input, namespace) => {
  const request = requests(verify({}, input)).find(({check}) => check === 'plugins-present')

  expect(request?.nodePods).toBe(namespace)
})

describe('in a namespace that is there', () => {
  test('nothing is made beside it, and what is made goes one by one', () => {
    const {steps, always} = verify({}, {inNamespace: 'team'})
    const made = steps.flatMap(({action}) => (action.type === 'apply-objects' ? action.objects : []))

    expect(new Set(made.map(({kind, metadata}) => `${kind} in ${metadata.namespace}`))).toEqual(
      new Set(['Pod in team']),
    )
    expect(always.map(({action}) => action)).toMatchObject([
      {
        type: 'delete-objects',
        objects: made.map(({kind, metadata}) => ({kind, name: metadata.name, namespace: 'team'})),
      },
    ])
  })

  test('one that is not there is refused before anything starts', () => {
    expect(() => verify({}, {inNamespace: 'teem'})).toThrow('There is no namespace teem')
  })
})

test('a CNI that nobody knows is not taken for another: what depends on it is skipped', () => {
  const {record} = givenTarget()
  const found = requests(verify({record: {...record, cni: 'flannel'}}))

  expect(found.find(({check}) => check === 'cni-healthy')?.skip).toContain('none that k8s-local knows')
  expect(found.find(({check}) => check === 'multus-first')?.subject).toEqual({node: 'dev-control-plane', mode: 'thin'})
})
