import type {Probe} from '../steps/check-request.ts'
import type {Json} from '../steps/object.ts'
import {listAt, textAt} from './json-path.ts'

/** What rules of roles can allow. */
export interface Right {
  readonly group: string
  readonly resource: string
  /** Any of them will do. */
  readonly verbs: readonly string[]
}

/** A GET of all of a kind of the API of roles, such as `clusterroles`. */
export function rbacProbe(plural: string): Probe {
  return {type: 'api', path: `/apis/rbac.authorization.k8s.io/v1/${plural}`}
}

/** Whether a rule of a role allows it, by name or by `*`. The rules of an aggregated ClusterRole are in its `rules`, as the controller of Kubernetes puts them there. */
export function allows(rule: Json, {group, resource, verbs}: Right): boolean {
  return has(rule, 'apiGroups', [group]) && has(rule, 'resources', [resource]) && has(rule, 'verbs', verbs)
}

/** Whether the rule is of some objects alone, by name. */
export function isOfSome(rule: Json): boolean {
  return listAt(rule, 'resourceNames').length > 0
}

/** Groups that the accounts of a namespace are in, and `system:serviceaccount:NAMESPACE:ACCOUNT`, the name that one has as a user. */
export const accountGroups = ['system:serviceaccounts', 'system:authenticated'] as const

export function groupOfAccounts(namespace: string): string {
  return `system:serviceaccounts:${namespace}`
}

export function userOfAccount(namespace: string, account: string): string {
  return `system:serviceaccount:${namespace}:${account}`
}

/** Whether a subject of a binding is that account, or a group that it is in. */
export function isAccount(subject: Json, namespace: string, account: string): boolean {
  const name = textAt(subject, 'name') ?? ''
  if (textAt(subject, 'kind') === 'ServiceAccount')
    return name === account && textAt(subject, 'namespace') === namespace
  return [userOfAccount(namespace, account), groupOfAccounts(namespace), ...accountGroups].includes(name)
}

function has(rule: Json, key: string, wanted: readonly string[]): boolean {
  return listAt(rule, key).some((one) => one === '*' || (typeof one === 'string' && wanted.includes(one)))
}
