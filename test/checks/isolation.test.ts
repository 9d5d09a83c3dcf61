import {describe, expect, test} from 'vitest'
import {judge, json, unseen} from './recorded.ts'

describe('tenants-cannot-define', () => {
  const name = 'edits-networks'
  const writes = {apiGroups: ['k8s.cni.cncf.io'], resources: ['network-attachment-definitions'], verbs: ['update']}
  const accountOf = (namespace: string, account = 'default') => ({kind: 'ServiceAccount', name: account, namespace})
  const group = (of: string) => ({kind: 'Group', name: of, apiGroup: 'rbac.authorization.k8s.io'})

  /** The verdict on one binding more than the recorded cluster has, to a role of these rules. */
  function verdictOn(subject: object, rule: object = writes) {
    const roleRef = {kind: 'ClusterRole', name}
    return judge('tenants-cannot-define', 'healthy', {
      evidence: {
        clusterrolebindings: json({items: [{metadata: {name: 'given'}, roleRef, subjects: [subject]}]}),
        clusterroles: json({items: [{metadata: {name}, rules: [{...writes, verbs: ['get', 'list']}, rule]}]}),
      },
    })
  }

  test.each([
    ['the default account of a namespace', accountOf('shop'), 'the default account of shop'],
    ['the same as a user', {kind: 'User', name: 'system:serviceaccount:shop:default'}, 'the default account of shop'],
    ['all accounts of a namespace', group('system:serviceaccounts:shop'), 'every account of shop'],
    ['all accounts', group('system:serviceaccounts'), 'every account (system:serviceaccounts)'],
    ['everybody who has a name', group('system:authenticated'), 'every account (system:authenticated)'],
    ['everybody', group('system:unauthenticated'), 'every account (system:unauthenticated)'],
  ])('by hand: a role for %s fails', (_, subject, who) => {
    expect(verdictOn(subject)).toMatchObject({
      status: 'fail',
      summary: `${who} may define networks`,
      evidence: [`ClusterRoleBinding given gives ClusterRole ${name} to ${who}: update`],
    })
  })

  test.each([
    ['another account of a namespace', accountOf('shop', 'operator')],
    ['the same as a user', {kind: 'User', name: 'system:serviceaccount:shop:operator'}],
    ["the default account of a namespace of Kubernetes' own", accountOf('kube-system')],
    ["all accounts of a namespace of Kubernetes' own", group('system:serviceaccounts:kube-system')],
    ['administrators', group('system:masters')],
  ])('by hand: a role for %s passes', (_, subject) => {
    expect(verdictOn(subject).status).toBe('pass')
  })

  test.each([
    ['every verb', {...writes, verbs: ['*']}, 'create, update, patch'],
    ['everything', {apiGroups: ['*'], resources: ['*'], verbs: ['*']}, 'create, update, patch'],
    ['every resource of the group', {...writes, resources: ['*'], verbs: ['create']}, 'create'],
    ['some networks, by name', {...writes, resourceNames: ['lan'], verbs: ['create', 'patch']}, 'patch'],
  ])('by hand: a rule for %s fails', (_, rule, verbs) => {
    expect(verdictOn(accountOf('shop'), rule).evidence?.[0]).toMatch(new RegExp(`: ${verbs}$`))
  })

  test.each([
    ['reading', {...writes, verbs: ['get', 'list', 'watch']}],
    ['another group', {...writes, apiGroups: ['apps']}],
    ['another resource', {...writes, resources: ['multi-networkpolicies']}],
    ['no resource at all', {nonResourceURLs: ['*'], verbs: ['*']}],
  ])('by hand: a rule for %s passes', (_, rule) => {
    expect(verdictOn(accountOf('shop'), rule).status).toBe('pass')
  })

  test('by hand: a Role counts in its own namespace alone', () => {
    const evidence = (namespace: string) => ({
      rolebindings: json({
        items: [
          {metadata: {name, namespace: 'shop'}, roleRef: {kind: 'Role', name}, subjects: [accountOf('elsewhere')]},
        ],
      }),
      roles: json({items: [{metadata: {name, namespace}, rules: [writes]}]}),
    })

    expect(judge('tenants-cannot-define', 'healthy', {evidence: evidence('bank')}).status).toBe('pass')
    expect(judge('tenants-cannot-define', 'healthy', {evidence: evidence('shop')})).toMatchObject({
      status: 'fail',
      summary: 'the default account of elsewhere may define networks',
      fix: expect.stringMatching(/kubectl describe rolebinding -n shop edits-networks$/),
    })
  })

  test.each(['clusterrolebindings', 'rolebindings', 'clusterroles', 'roles'])('without the %s nobody knows', (kind) => {
    expect(judge('tenants-cannot-define', 'healthy', {evidence: {[kind]: unseen}}).status).toBe('error')
  })
})
