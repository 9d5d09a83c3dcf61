import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import type {KubernetesObject} from '../../src/steps/object.ts'
import {enforceRights} from '../support/fake-api/authorizer.ts'
import type {FakeCluster} from './support/fake-cluster.ts'
import {grantsOf, rightsOf, rulesOf, startLivelyCluster, verify} from './support/lively-cluster.ts'

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

let cluster: FakeCluster

beforeEach(async () => {
  cluster = await startLivelyCluster()
})
afterEach(() => cluster.stop())

describe.each([
  ['in a namespace of its own', wish],
  ['in a namespace that is there', [...wish, '--in-namespace', 'mine']],
])('%s, a run', (_, argv) => {
  test('needs exactly the rights that --rbac prints', async () => {
    const objects = await rightsOf(cluster, argv)
    const {refused, asked} = enforceRights(cluster.api, objects)

    const {checks: results} = await verify(cluster, argv)

    expect(refused).toEqual([])
    expect(new Set(results.map(({check}) => check))).toEqual(new Set(checks))
    const unused = new Set(grantsOf(objects).filter((grant) => !asked.has(grant)))
    // For what goes wrong, and for Kubernetes 1.35.
    expect(unused).toEqual(new Set(['get /pods/log', 'create /pods/exec']))
  })

  test('leaves nothing', async () => {
    await verify(cluster, argv)

    expect(cluster.api.store.list('/api/v1/pods').map(({metadata}) => metadata.name)).toEqual([
      'cilium-x',
      'kube-multus-ds-x',
    ])
    expect(cluster.api.store.list('/api/v1/namespaces').map(({metadata}) => metadata.name)).toEqual(['default', 'mine'])
  })
})

test('with a namespace that is there, nothing is granted outside it but looking', async () => {
  const objects = await rightsOf(cluster, [...wish, '--in-namespace', 'mine'])
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
    enforceRights(cluster.api, without(await rightsOf(cluster, wish), verb, resource))

    const {error} = await verify(cluster, wish)

    expect(error).toMatchObject({code: 'KL-4009', message: expect.stringMatching(message) as string})
    expect(error?.suggestions.at(-1)).toContain('verify --rbac | kubectl apply -f -')
  },
)

test.each([
  ['create', 'namespaces'],
  ['patch', 'pods'],
  ['watch', 'pods'],
])('without the right to %s %s, which the run takes, it fails and says so', async (verb, resource) => {
  enforceRights(cluster.api, without(await rightsOf(cluster, wish), verb, resource))

  const {status, error} = await verify(cluster, wish)

  expect(status).toBe('failed')
  expect(error).toMatchObject({code: 'KL-4009', message: expect.stringContaining('may not') as string})
})

test('without the right to exec, checks that look into pods and nodes say that they could not', async () => {
  enforceRights(cluster.api, without(await rightsOf(cluster, wish), 'get', 'pods/exec'))

  const {status, checks: results} = await verify(cluster, wish)

  expect(status).toBe('checks-unjudged')
  expect(
    results
      .filter((one) => one.status === 'error')
      .map(({check}) => check)
      .toSorted(),
  ).toEqual(['attachment-real', 'attachment-real', 'multus-first', 'plugins-present'])
})

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
