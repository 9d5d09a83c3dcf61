import {describe, expect, test} from 'vitest'
import {changeAttachments} from '../../src/plan/change-attachments.ts'
import type {ObservedWorkload} from '../../src/plan/workload.ts'
import type {AttachmentSpec} from '../../src/spec/pod-spec.ts'
import {givenNetwork, givenTarget, macvlanConfig} from './given-target.ts'
import {givenWorkload} from './given-workload.ts'
import {objectsText} from './objects-text.ts'
import {planText} from './plan-text.ts'
import {problemOf} from './problem-of.ts'

const facts = givenTarget({
  networks: [
    givenNetwork('blue', macvlanConfig('172.30.0.64', '172.30.0.95', 'host-local')),
    givenNetwork('lan', macvlanConfig('172.30.0.100', '172.30.0.127')),
  ],
})

function change(
  how: 'attach' | 'detach',
  observed: ObservedWorkload,
  attachments: readonly AttachmentSpec[],
  recreate = false,
) {
  return changeAttachments({change: how, observed, attachments, recreate}, facts)
}

describe('attaching to a workload', () => {
  test('patches the annotation alone, and waits for the roll-out', async () => {
    const plan = change('attach', givenWorkload('Deployment', 'web', {networks: 'lan'}), [{network: 'blue'}])

    expect(plan.steps[0]?.action).toEqual({
      type: 'patch-object',
      ref: {apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'default'},
      patch: {
        metadata: {resourceVersion: '7'},
        spec: {template: {metadata: {annotations: {'k8s.v1.cni.cncf.io/networks': 'lan, blue'}}}},
      },
    })
    await expect(planText(plan)).toMatchFileSnapshot('../golden/plans/pod-attach.txt')
  })

  test('shows what changes, and says what is restarted', () => {
    const [diff, restarts] =
      change('attach', givenWorkload('StatefulSet', 'db', {networks: 'lan'}), [{network: 'blue'}]).notes ?? []

    expect(diff).toBe('k8s.v1.cni.cncf.io/networks of StatefulSet default/db\n- lan\n+ lan, blue')
    expect(restarts).toBe('restarts 2 pods of StatefulSet default/db: one after another, the last one first')
  })

  test.each([
    [
      'Deployment',
      {strategy: {type: 'Recreate'}},
      'restarts 2 pods of Deployment default/web: all at once, then new ones (Recreate)',
      2,
    ],
    ['Deployment', {replicas: 0}, 'restarts nothing now: Deployment default/web has no replicas', 1],
    ['Deployment', {paused: true}, 'restarts nothing now: Deployment default/web is paused: kubectl rollout resume', 1],
    ['DaemonSet', {}, 'restarts 2 pods of DaemonSet default/web: one after another', 2],
    [
      'DaemonSet',
      {updateStrategy: {type: 'OnDelete'}},
      'restarts nothing now: DaemonSet default/web replaces a pod only when it is deleted (OnDelete)',
      1,
    ],
    [
      'StatefulSet',
      {updateStrategy: {type: 'RollingUpdate', rollingUpdate: {partition: 1}}},
      'restarts nothing now: StatefulSet default/web has the partition 1: set it to 0 to replace all pods',
      1,
    ],
  ] as const)('a %s with %j: %s', (kind, spec, note, steps) => {
    const plan = change('attach', givenWorkload(kind, 'web', {spec}), [{network: 'blue'}])

    expect(plan.notes).toContain(note)
    expect(plan.steps).toHaveLength(steps)
  })

  test('what is attached already is only looked at', () => {
    const plan = change('attach', givenWorkload('Deployment', 'web', {networks: 'blue'}), [{network: 'blue'}])

    expect(plan.notes).toEqual(['blue is attached already, as net1'])
    expect(plan.steps.map(({id}) => id)).toEqual(['template', 'rollout'])
  })

  test('refuses what the network cannot do, and one address for several pods, at once', () => {
    const {findings} = problemOf(() =>
      change('attach', givenWorkload('Deployment', 'web'), [
        {network: 'lan', ip: '172.30.0.100'},
        {network: 'nowhere'},
      ]),
    )

    expect(findings?.map(({message}) => message)).toEqual([
      'whereabouts hands out the addresses of default/lan, and takes no requests',
      'there is no network default/nowhere: there are default/blue, default/lan',
      'the 2 pods of Deployment default/web cannot share one address',
    ])
  })

  test('an address of a slice needs the pod to stay on the node that has it', () => {
    const slice = (start: string, end: string) => JSON.stringify(macvlanConfig(start, end, 'host-local'))
    const sliced = givenNetwork('sliced', '', {
      nodeConfigs: {
        'dev-worker': slice('172.30.0.64', '172.30.0.95'),
        'dev-worker2': slice('172.30.0.96', '172.30.0.127'),
      },
    })
    const attachSliced = (spec: object) =>
      changeAttachments(
        {
          change: 'attach',
          observed: givenWorkload('Deployment', 'web', {spec: {replicas: 1, template: {spec}}}),
          attachments: [{network: 'sliced', ip: '172.30.0.100'}],
          recreate: false,
        },
        givenTarget({networks: [sliced]}),
      )

    expect(problemOf(() => attachSliced({})).message).toBe(
      '172.30.0.100 is in the slice of dev-worker2, and the pod may come to run on another node',
    )
    expect(problemOf(() => attachSliced({nodeName: 'dev-worker'})).message).toContain(
      'and the pod is to run on dev-worker',
    )
    expect(attachSliced({nodeSelector: {'kubernetes.io/hostname': 'dev-worker2'}}).steps).toHaveLength(2)
  })

  test('needs the workload to be there', () => {
    const {object: _, ...missing} = givenWorkload('Deployment', 'web')

    expect(problemOf(() => change('attach', missing, [{network: 'blue'}])).message).toBe(
      'There is no Deployment default/web',
    )
  })
})

describe('detaching from a workload', () => {
  test('removes the annotation with its last network', () => {
    const plan = change('detach', givenWorkload('DaemonSet', 'agent', {networks: 'blue'}), [{network: 'blue'}])

    expect(plan.steps[0]?.action).toMatchObject({
      patch: {spec: {template: {metadata: {annotations: {'k8s.v1.cni.cncf.io/networks': null}}}}},
    })
  })

  test('works for a network that is gone', () => {
    const observed = givenWorkload('Deployment', 'web', {networks: 'gone, blue'})

    expect(change('detach', observed, [{network: 'gone'}]).notes?.[0]).toContain('+ blue@net2')
  })
})

describe('a bare pod', () => {
  const left = givenWorkload('Pod', 'left', {
    metadata: {
      uid: 'x',
      managedFields: [],
      labels: {app: 'left'},
      annotations: {'k8s.v1.cni.cncf.io/networks': 'lan', 'k8s.v1.cni.cncf.io/network-status': '[]', mine: 'yes'},
    },
    spec: {nodeName: 'dev-worker', containers: [{name: 'one', image: 'two'}], ephemeralContainers: [{name: 'debug'}]},
  })

  test('is left as it is unless it may be made again', () => {
    expect(problemOf(() => change('attach', left, [{network: 'blue'}]))).toMatchObject({
      name: 'not-confirmed',
      message: 'The networks of a running pod cannot be changed: default/left has to be deleted and made again',
      suggestions: ['the same command with --recreate'],
    })
  })

  test('is made again as its maker wrote it', async () => {
    const plan = change('attach', left, [{network: 'blue'}], true)

    expect(plan.steps.map(({id}) => id)).toEqual(['remove-pod', 'pod', 'pod-ready'])
    await expect(objectsText(plan)).toMatchFileSnapshot('../golden/objects/attach/recreated-pod.yaml')
  })

  test('that a ReplicaSet owns is never touched', () => {
    const owned = givenWorkload('Pod', 'web-1', {metadata: {ownerReferences: [{kind: 'ReplicaSet', name: 'web-6d4'}]}})

    expect(problemOf(() => change('attach', owned, [{network: 'blue'}], true)).message).toBe(
      'The pod default/web-1 belongs to ReplicaSet web-6d4, which would make it again without the change',
    )
  })
})
