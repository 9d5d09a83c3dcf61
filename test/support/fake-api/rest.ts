import type {ServerResponse} from 'node:http'
import type {FakeApi, SeenRequest} from './server.ts'
import type {Stored} from './store.ts'

export function answerRest({store, kinds}: FakeApi, request: SeenRequest, response: ServerResponse): void {
  const {method, path, query} = request
  if (path === '/readyz') return void response.writeHead(200, {'content-type': 'text/plain'}).end('ok')
  const served = servedKinds(kinds)
  if (method === 'POST' && path.endsWith('/eviction')) return evict(store, request, response)
  const [, core, group, inside = ''] = /^\/(?:api\/(v1)|apis\/([^/]+\/[^/]+))(?:\/(.*))?$/.exec(path) ?? []
  const apiVersion = core ?? group ?? ''
  if (inside === '')
    return served[apiVersion] ? sendJson(response, 200, resourceList(served[apiVersion])) : sendNotFoundPage(response)
  const parts = inside.replace(/\/ephemeralcontainers$/, '').split('/')
  const [plural = '', name] = parts[0] === 'namespaces' && parts.length > 2 ? parts.slice(2) : parts
  const kind = served[apiVersion]?.[plural]
  if (!kind) return sendNotFoundPage(response)
  if (name === undefined) return answerList({apiVersion, kind}, store.list(path), store.version(), request, response)
  if (method === 'GET') return sendObject(response, store.get(path), plural, name)
  if (method === 'DELETE') return sendObject(response, store.delete(path), plural, name)
  const at = path.replace(/\/ephemeralcontainers$/, '')
  const isPatch = request.headers['content-type']?.includes('merge-patch') === true
  if (isPatch && !store.get(at)) return sendObject(response, undefined, plural, name)
  if (isPatch && isStale(store.get(at), request.body))
    return sendStatus(
      response,
      409,
      `Operation cannot be fulfilled on ${plural} "${name}": the object has been modified`,
    )
  const applied = store.apply(at, JSON.parse(request.body) as object, query['dryRun'] === 'All')
  sendJson(response, applied.created ? 201 : 200, applied.object)
}

/** A pod of another uid than asked for stays, as in the API. */
function evict(store: FakeApi['store'], {path, body}: SeenRequest, response: ServerResponse): void {
  const pod = store.get(path.replace(/\/eviction$/, ''))
  const {metadata, deleteOptions} = JSON.parse(body) as {
    readonly metadata: {readonly name: string}
    readonly deleteOptions?: {readonly preconditions?: {readonly uid?: string}}
  }
  if (!pod) return sendObject(response, undefined, 'pods', metadata.name)
  const uid = (pod.metadata as {readonly uid?: string}).uid ?? ''
  const wanted = deleteOptions?.preconditions?.uid ?? uid
  if (wanted !== uid)
    return sendStatus(response, 409, `Precondition failed: UID in precondition: ${wanted}, UID in object meta: ${uid}`)
  store.delete(path.replace(/\/eviction$/, ''))
  sendStatus(response, 201, 'evicted')
}

/** Whether a patch was made for another version of the object. */
function isStale(before: Stored | undefined, body: string): boolean {
  const {metadata} = JSON.parse(body) as {readonly metadata?: {readonly resourceVersion?: string}}
  return metadata?.resourceVersion !== undefined && metadata.resourceVersion !== before?.metadata.resourceVersion
}

/** A Status object, as the API answers what it refuses. */
export function sendStatus(response: ServerResponse, code: number, message: string, more: object = {}): void {
  sendJson(response, code, {kind: 'Status', apiVersion: 'v1', status: 'Failure', message, code, ...more})
}

export function sendJson(response: ServerResponse, code: number, value: unknown): void {
  response.writeHead(code, {'content-type': 'application/json'}).end(JSON.stringify(value))
}

/** Objects that fit the selectors of a query: labels by `a=b` or `a`, fields by `metadata.name=x`. */
export function fits({labelSelector, fieldSelector}: SeenRequest['query'], {metadata}: Stored): boolean {
  const labels = (labelSelector ?? '').split(',').filter((pair) => pair !== '')
  const hasLabels = labels.every((pair) => {
    const [key = '', wanted] = pair.split('=')
    const value = metadata.labels?.[key]
    return wanted === undefined ? value !== undefined : value === wanted
  })
  return hasLabels && (fieldSelector === undefined || fieldSelector === `metadata.name=${metadata.name}`)
}

function answerList(
  of: {readonly apiVersion: string; readonly kind: string},
  all: readonly Stored[],
  version: number,
  {query}: SeenRequest,
  response: ServerResponse,
): void {
  const fitting = all.filter((object) => fits(query, object))
  const start = Number(query['continue'] ?? 0)
  const end = query['limit'] === undefined ? fitting.length : start + Number(query['limit'])
  const items = fitting.slice(start, end).map(({apiVersion: _version, kind: _kind, ...item}) => item)
  const metadata = {resourceVersion: String(version), ...(end < fitting.length ? {continue: String(end)} : {})}
  sendJson(response, 200, {apiVersion: of.apiVersion, kind: `${of.kind}List`, metadata, items})
}

function sendObject(response: ServerResponse, object: Stored | undefined, plural: string, name: string): void {
  if (object) sendJson(response, 200, object)
  else sendStatus(response, 404, `${plural} "${name}" not found`, {reason: 'NotFound', details: {name, kind: plural}})
}

/** What the API says where it serves nothing. */
function sendNotFoundPage(response: ServerResponse): void {
  response.writeHead(404, {'content-type': 'text/plain'}).end('404 page not found\n')
}

function resourceList(plurals: Readonly<Record<string, string>>): unknown {
  const resources = Object.entries(plurals).flatMap(([name, kind]) => [
    {name, kind, namespaced: !['nodes', 'namespaces', 'customresourcedefinitions'].includes(name)},
    {name: `${name}/status`, kind, namespaced: true},
  ])
  return {kind: 'APIResourceList', resources}
}

function servedKinds(
  more: Readonly<Record<string, Readonly<Record<string, string>>>>,
): Readonly<Record<string, Readonly<Record<string, string>>>> {
  return {
    v1: {
      configmaps: 'ConfigMap',
      events: 'Event',
      namespaces: 'Namespace',
      nodes: 'Node',
      pods: 'Pod',
      secrets: 'Secret',
      services: 'Service',
      serviceaccounts: 'ServiceAccount',
    },
    'batch/v1': {jobs: 'Job'},
    'apps/v1': {daemonsets: 'DaemonSet', deployments: 'Deployment', statefulsets: 'StatefulSet'},
    'apiextensions.k8s.io/v1': {customresourcedefinitions: 'CustomResourceDefinition'},
    'rbac.authorization.k8s.io/v1': {clusterroles: 'ClusterRole', clusterrolebindings: 'ClusterRoleBinding'},
    ...more,
  }
}
