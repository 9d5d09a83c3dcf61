import type {KubernetesObject} from '../../../src/steps/object.ts'
import {sendStatus} from './rest.ts'
import type {FakeApi, SeenRequest} from './server.ts'

export interface Authorizer {
  /** What was asked for and not allowed. */
  readonly refused: readonly string[]
  /** `verb group/resource` of all that was asked for. */
  readonly asked: ReadonlySet<string>
}

interface Asked {
  readonly verb: string
  readonly group: string
  readonly resource: string
  readonly namespace?: string | undefined
  readonly name?: string | undefined
}

type Rule = Readonly<Record<'apiGroups' | 'resources' | 'verbs', readonly string[]>> & {
  readonly resourceNames?: readonly string[]
}

/** From now on the API allows what these Roles and ClusterRoles allow, by the attributes that Kubernetes makes of a request (apiserver, pkg/endpoints/request). */
export function enforceRights(api: FakeApi, objects: readonly KubernetesObject[]): Authorizer {
  const refused: string[] = []
  const asked = new Set<string>()
  const permits = (one: Asked): boolean => {
    asked.add(`${one.verb} ${one.group}/${one.resource}`)
    const isAllowed = objects.some(
      ({kind, metadata, ...role}) =>
        (kind === 'ClusterRole' || (kind === 'Role' && metadata.namespace === one.namespace)) &&
        (role['rules'] as readonly Rule[]).some((rule) => allows(rule, one)),
    )
    if (!isAllowed) refused.push(wordsOf(one))
    return isAllowed
  }
  api.faults.unshift((request, response) => {
    const denied = attributesOf(request, api).find((one) => !permits(one))
    if (!denied) return false
    sendStatus(response, 403, `cannot ${wordsOf(denied)}`)
    return true
  })
  const answer = api.onExec
  api.onExec = (request) => {
    const {namespace, pod: name} = request
    const denied = !permits({verb: 'get', group: '', resource: 'pods/exec', namespace, name})
    return denied ? {refuse: {code: 403, message: `cannot exec in ${namespace}/${name}`}} : answer(request)
  }
  return {refused, asked}
}

function attributesOf({method, path, query}: SeenRequest, {store}: FakeApi): readonly Asked[] {
  const [, core, group = '', rest] = /^\/(?:api\/(v1)|apis\/([^/]+)\/[^/]+)\/(.+)$/.exec(path) ?? []
  if (rest === undefined) return []
  const parts = rest.split('/')
  const inside = parts[0] === 'namespaces' && parts.length > 2
  const [resource = '', name, subresource] = inside ? parts.slice(2) : parts
  const one = {
    group: core === undefined ? group : '',
    resource: subresource === undefined ? resource : `${resource}/${subresource}`,
    namespace: inside ? parts[1] : undefined,
    name,
  }
  const verb = {GET: name === undefined ? 'list' : 'get', PATCH: 'patch', DELETE: 'delete'}[method] ?? method
  const isNew = method === 'PATCH' && store.get(path) === undefined
  return [{...one, verb: query['watch'] === 'true' ? 'watch' : verb}, ...(isNew ? [{...one, verb: 'create'}] : [])]
}

function allows({apiGroups, resources, verbs, resourceNames}: Rule, {group, resource, verb, name}: Asked): boolean {
  const isNamed = resourceNames === undefined || (name !== undefined && resourceNames.includes(name))
  return isNamed && apiGroups.includes(group) && resources.includes(resource) && verbs.includes(verb)
}

function wordsOf({verb, group, resource, namespace = '', name = ''}: Asked): string {
  return `${verb} ${group}/${resource} ${namespace}/${name}`
}
