import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import Verify from '../../src/commands/verify.ts'
import type {CheckResult} from '../../src/steps/check-request.ts'
import type {KubernetesObject} from '../../src/steps/object.ts'
import {enforceRights} from '../support/fake-api/authorizer.ts'
import {eth0, type FakeCluster, net1, startFakeCluster} from './support/fake-cluster.ts'

const checks = ['nodes-healthy', 'multus-ready', 'multus-first', 'plugins-present', 'attachment-real']
const wish = [
  ...checks.flatMap((check) => ['--check', check]),
  '--node-access',
  'pod',
  '--probe-image',
  'probe:v1',
  '--network',
  'data',
]

interface Outcome {
  readonly status: string
  readonly checks: readonly CheckResult[]
  readonly error?: {readonly code: string; readonly message: string; readonly suggestions: readonly string[]}
}

let cluster: FakeCluster

beforeEach(async () => {
  cluster = await startFakeCluster()
  cluster.add({apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'mine'}})
  cluster.add(multusPod)
  cluster.add(multusRolledOut)
  cluster.api.onExec = ({command}) => ({stdout: command.join(' ')})
  startPods(cluster)
})
afterEach(() => cluster.stop())

describe.each([
  ['in a namespace of its own', wish],
  ['in a namespace that is there', [...wish, '--in-namespace', 'mine']],
])('%s, a run', (_, argv) => {
  test('needs exactly the rights that --rbac prints', async () => {
    const objects = await rightsOf(argv)
    const {refused, asked} = enforceRights(cluster.api, objects)

    const {checks: results} = await verify(argv)

    expect(refused).toEqual([])
    expect(new Set(results.map(({check}) => check))).toEqual(new Set(checks))
    const unused = new Set(grantsOf(objects).filter((grant) => !asked.has(grant)))
    // For what goes wrong, and for Kubernetes 1.35.
    expect(unused).toEqual(new Set(['get /pods/log', 'create /pods/exec']))
  })

  test('leaves nothing', async () => {
    await verify(argv)

    expect(cluster.api.store.list('/api/v1/pods').map(({metadata}) => metadata.name)).toEqual(['kube-multus-ds-x'])
    expect(cluster.api.store.list('/api/v1/namespaces').map(({metadata}) => metadata.name)).toEqual(['default', 'mine'])
  })
})

test('with a namespace that is there, nothing is granted outside it but looking', async () => {
  const objects = await rightsOf([...wish, '--in-namespace', 'mine'])
  const wide = grantsOf(objects.filter(({kind, metadata}) => kind.endsWith('Role') && metadata.namespace !== 'mine'))

  expect(wide.filter((grant) => !/^(?:get|list|watch) /.test(grant))).toEqual([])
})

test.each([
  ['list', 'nodes', /may not list Node/],
  ['list', 'network-attachment-definitions', /may not get \/apis\/k8s.cni.cncf.io/],
  ['get', 'daemonsets', /may not get \/apis\/apps\/v1\/namespaces\/kube-system\/daemonsets/],
])(
  'without the right to %s %s, which planning takes, there is one problem that names it',
  async (verb, resource, message) => {
    enforceRights(cluster.api, without(await rightsOf(wish), verb, resource))

    const {error} = await verify(wish)

    expect(error).toMatchObject({code: 'KL-4009', message: expect.stringMatching(message) as string})
    expect(error?.suggestions.at(-1)).toContain('verify --rbac | kubectl apply -f -')
  },
)

test.each([
  ['create', 'namespaces'],
  ['patch', 'pods'],
  ['watch', 'pods'],
])('without the right to %s %s, which the run takes, it fails and says so', async (verb, resource) => {
  enforceRights(cluster.api, without(await rightsOf(wish), verb, resource))

  const {status, error} = await verify(wish)

  expect(status).toBe('failed')
  expect(error).toMatchObject({code: 'KL-4009', message: expect.stringContaining('may not') as string})
})

test('without the right to exec, checks that look into pods and nodes say that they could not', async () => {
  enforceRights(cluster.api, without(await rightsOf(wish), 'get', 'pods/exec'))

  const {status, checks: results} = await verify(wish)

  expect(status).toBe('checks-unjudged')
  expect(
    results
      .filter((one) => one.status === 'error')
      .map(({check}) => check)
      .toSorted(),
  ).toEqual(['attachment-real', 'attachment-real', 'multus-first', 'plugins-present'])
})

async function verify(argv: readonly string[]): Promise<Outcome> {
  const {stdout} = await cluster.run(Verify, [...argv, '--json'], {id: 'verify'})
  return JSON.parse(stdout) as Outcome
}

async function rightsOf(argv: readonly string[]): Promise<readonly KubernetesObject[]> {
  const {stdout} = await cluster.run(Verify, [...argv, '--rbac', '--json'], {id: 'verify'})
  return (JSON.parse(stdout) as {readonly items: readonly KubernetesObject[]}).items
}

interface Rule {
  readonly apiGroups: readonly string[]
  readonly resources: readonly string[]
  readonly verbs: readonly string[]
}

function rulesOf(object: KubernetesObject): readonly Rule[] {
  return (object['rules'] ?? []) as readonly Rule[]
}

function grantsOf(objects: readonly KubernetesObject[]): readonly string[] {
  return objects
    .flatMap(rulesOf)
    .flatMap(({apiGroups, resources, verbs}) =>
      verbs.flatMap((verb) => resources.map((resource) => `${verb} ${apiGroups[0]}/${resource}`)),
    )
}

function without(objects: readonly KubernetesObject[], verb: string, resource: string): readonly KubernetesObject[] {
  return objects.map((object) =>
    object['rules'] === undefined
      ? object
      : {
          ...object,
          rules: rulesOf(object).flatMap((rule) => [
            {...rule, resources: rule.resources.filter((one) => one !== resource)},
            {
              ...rule,
              resources: rule.resources.filter((one) => one === resource),
              verbs: rule.verbs.filter((one) => one !== verb),
            },
          ]),
        },
  )
}

const multusPod: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {name: 'kube-multus-ds-x', namespace: 'kube-system', labels: {app: 'multus'}},
  spec: {nodeName: 'fake-worker'},
  status: {phase: 'Running', containerStatuses: [{name: 'kube-multus', ready: true, restartCount: 0}]},
}

const multusRolledOut: KubernetesObject = {
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: {name: 'kube-multus-ds', namespace: 'kube-system'},
  status: {desiredNumberScheduled: 1, updatedNumberScheduled: 1, numberAvailable: 1},
}

/** As kubelet and Multus would, once somebody watches. */
function startPods({api: {store, faults}}: FakeCluster): void {
  const start = () => {
    for (const {status, metadata} of store.list('/api/v1/pods'))
      if (status === undefined)
        store.apply(`/api/v1/namespaces/${metadata.namespace}/pods/${metadata.name}`, {
          metadata: {annotations: {'k8s.v1.cni.cncf.io/network-status': JSON.stringify([eth0, net1])}},
          status: {phase: 'Running', conditions: [{type: 'Ready', status: 'True'}]},
        })
  }
  faults.push(({path, query}) => {
    if (path.endsWith('/pods') && query['watch'] === 'true') setTimeout(start, 50)
    return false
  })
}
