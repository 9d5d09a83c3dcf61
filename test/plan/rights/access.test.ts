import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {type Access, accessOfPath} from '../../../src/plan/rights/access.ts'
import {applyAccess} from '../../../src/plan/rights/apply-access.ts'
import {rbacObjects} from '../../../src/plan/rights/rbac-objects.ts'
import {allows, type Rule, rulesFor} from '../../../src/plan/rights/rules.ts'

describe('the right that reading a path takes', () => {
  test.each([
    ['/api/v1/nodes', 'list /nodes'],
    ['/api/v1/nodes/a', 'get /nodes a'],
    ['/api/v1/nodes/a/proxy/stats/summary', 'get /nodes/proxy a'],
    ['/api/v1/namespaces', 'list /namespaces'],
    ['/api/v1/namespaces/n', 'get /namespaces n'],
    ['/api/v1/namespaces/n/pods?labelSelector=app%3Dx', 'list /pods in n'],
    ['/api/v1/namespaces/n/pods/p/log?container=c', 'get /pods/log p in n'],
    ['/api/v1/pods?watch=true', 'watch /pods'],
    ['/apis/apps/v1/namespaces/n/daemonsets/d', 'get apps/daemonsets d in n'],
    ['/apis/metrics.k8s.io/v1beta1/namespaces/n/pods', 'list metrics.k8s.io/pods in n'],
  ])('%s: %s', (path, right) => {
    expect(accessOfPath(path).map(wordsOf)).toEqual([right])
  })

  test.each(['/readyz', '/version', '/apis', '/api/v1', '/apis/k8s.cni.cncf.io/v1'])(
    '%s: none that not all have',
    (path) => {
      expect(accessOfPath(path)).toEqual([])
    },
  )
})

test('whoever hands out rights needs to be allowed to', () => {
  const rbac = {apiVersion: 'rbac.authorization.k8s.io/v1', metadata: {name: 'r', namespace: 'n'}}
  const role = applyAccess({...rbac, kind: 'Role', rules: []})
  const binding = applyAccess({...rbac, kind: 'RoleBinding', roleRef: {kind: 'ClusterRole', name: 'view'}})

  expect(role.map(({verb}) => verb)).toContain('escalate')
  expect(binding.map(wordsOf)).toContain('bind rbac.authorization.k8s.io/clusterroles view')
})

const anAccess: fc.Arbitrary<Access> = fc
  .record({
    verb: fc.constantFrom('get', 'list', 'create', 'delete'),
    group: fc.constantFrom('', 'apps'),
    resource: fc.constantFrom('pods', 'nodes', 'daemonsets'),
    namespace: fc.option(fc.constantFrom('kube-system', 'run', 'team'), {nil: undefined}),
    name: fc.option(fc.constantFrom('a', 'b'), {nil: undefined}),
  })
  .map(({namespace, name, ...access}) => ({
    ...access,
    ...(namespace !== undefined && {namespace}),
    ...(name !== undefined && {name}),
  }))

test('rules allow all that they were made for', () => {
  fc.assert(
    fc.property(fc.array(anAccess), (accesses) => {
      const rules = rulesFor(accesses)
      return accesses.every((access) => allows(rules, access))
    }),
  )
})

test('roles allow all that they were made for, and nothing in other namespaces but what is granted everywhere', () => {
  fc.assert(
    fc.property(fc.array(anAccess), anAccess, (accesses, other) => {
      const objects = rbacObjects({accesses, made: ['run'], home: 'default'})
      const isAllowed = ({namespace, ...access}: Access): boolean =>
        objects.some(
          ({kind, metadata, ...role}) =>
            (kind === 'ClusterRole' || (kind === 'Role' && metadata.namespace === namespace)) &&
            allows(role['rules'] as readonly Rule[], access),
        )
      const isMeant = accesses.some(
        (one) =>
          one.verb === other.verb &&
          one.group === other.group &&
          one.resource === other.resource &&
          (one.namespace === other.namespace || one.namespace === undefined || one.namespace === 'run'),
      )
      return accesses.every(isAllowed) && (isMeant || !isAllowed(other))
    }),
  )
})

function wordsOf({verb, group, resource, name, namespace}: Access): string {
  return [`${verb} ${group}/${resource}`, name, namespace && `in ${namespace}`].filter(Boolean).join(' ')
}
