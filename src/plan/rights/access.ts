import {knownResource, pluralOf} from '../../api-resource.ts'

export type Verb = 'get' | 'list' | 'watch' | 'create' | 'patch' | 'delete' | 'bind' | 'escalate' | '*'

/** One request to the API as its authorizer sees it. */
export interface Access {
  readonly verb: Verb
  /** Empty for the core group. */
  readonly group: string
  /** `pods`, `pods/exec`. */
  readonly resource: string
  /** Absent for what lies in no namespace, or in all. */
  readonly namespace?: string
  /** Absent for all of that resource. */
  readonly name?: string
}

export interface Place {
  readonly apiVersion: string
  readonly kind: string
  readonly namespace?: string
  readonly name?: string
}

/** Everything, for what cannot be told beforehand. */
export const everything: Access = {verb: '*', group: '*', resource: '*'}

/** These verbs on one object, or on all of a kind. A kind that we do not know is in a namespace where one is named. */
export function accessTo({apiVersion, kind, namespace, name}: Place, verbs: readonly Verb[]): readonly Access[] {
  const known = knownResource(apiVersion, kind)
  const inside = known?.namespaced ?? namespace !== undefined
  // An object of a namespaced kind without a namespace lies in `default`; a list without one is of all namespaces.
  const home = namespace ?? (name === undefined ? undefined : 'default')
  return verbs.map((verb) => ({
    verb,
    group: groupOf(apiVersion),
    resource: known?.plural ?? pluralOf(kind),
    ...(inside && home !== undefined && {namespace: home}),
    ...(name !== undefined && {name}),
  }))
}

/**
 * What a GET of a path needs; nothing for paths that every authenticated user may read (the ClusterRole system:discovery of Kubernetes: versions, groups,
 * health).
 */
export function accessOfPath(path: string): readonly Access[] {
  const [plain = '', query = ''] = path.split('?')
  const [, core, group = '', rest] = /^\/(?:api\/(v1)|apis\/([^/]+)\/[^/]+)\/(.+)$/.exec(plain) ?? []
  if (rest === undefined) return []
  const parts = rest.split('/').map(decodeURIComponent)
  const inside = parts[0] === 'namespaces' && parts.length > 2
  const [resource = '', name, ...below] = inside ? parts.slice(2) : parts
  const collection = /(?:^|&)watch=(?:true|1)/.test(query) ? 'watch' : 'list'
  return [
    {
      verb: name === undefined ? collection : 'get',
      group: core === undefined ? group : '',
      resource: [resource, ...below.slice(0, 1)].join('/'),
      ...(inside && parts[1] !== undefined && {namespace: parts[1]}),
      ...(name !== undefined && {name}),
    },
  ]
}

export function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : ''
}
