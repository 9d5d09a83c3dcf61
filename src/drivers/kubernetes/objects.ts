import {isDeepStrictEqual} from 'node:util'
import type {Json, KubernetesObject, ObjectRef} from '../../steps/object.ts'
import {isRecord} from '../untyped.ts'
import type {KubernetesDriver} from '../ports.ts'
import type {Api} from './api.ts'
import {type Resources, resourcePath} from './resources.ts'

type ListKind = Parameters<KubernetesDriver['list']>[0]

const fieldManager = 'k8s-local'
const pageSize = 500

/** The JSON of a path, or its text where it is none (`/readyz`); undefined for 404. */
export async function getPath(
  api: Api,
  path: string,
  options: {readonly signal?: AbortSignal; readonly timeoutSeconds?: number} = {},
): Promise<Json | undefined> {
  const answer = await api.ask(`get ${path}`, {method: 'GET', path, ...options})
  if (answer.status === 404) return undefined
  return answer.contentType.includes('json') ? (JSON.parse(answer.text) as Json) : answer.text
}

/** Undefined when it is not there, or when the cluster does not know its kind. */
export async function readObject(
  api: Api,
  resources: Resources,
  ref: ObjectRef,
  signal?: AbortSignal,
): Promise<KubernetesObject | undefined> {
  const path = await pathOf(resources, ref, signal)
  return path === undefined
    ? undefined
    : ((await getPath(api, path, signal ? {signal} : {})) as KubernetesObject | undefined)
}

/** All objects of a kind, in one namespace or in all; none when the cluster does not know the kind. */
export async function listObjects(
  api: Api,
  resources: Resources,
  kind: ListKind,
  signal?: AbortSignal,
): Promise<readonly KubernetesObject[]> {
  return (await listPages(api, resources, kind, signal))?.items ?? []
}

/** The same with the version of the list, from which a watch can go on; undefined when the cluster does not know the kind. */
export async function listPages(
  api: Api,
  resources: Resources,
  kind: ListKind & {readonly fieldSelector?: string},
  signal?: AbortSignal,
): Promise<{readonly items: readonly KubernetesObject[]; readonly resourceVersion: string} | undefined> {
  const collection = await collectionOf(resources, kind, signal)
  if (collection === undefined) return undefined
  const items: KubernetesObject[] = []
  let next: string | undefined
  do {
    const query = queryOf({limit: String(pageSize), ...selectorsOf(kind), ...(next ? {continue: next} : {})})
    const answer = await api.ask(`list ${kind.kind}`, {method: 'GET', path: `${collection}?${query}`, signal})
    if (answer.status === 404) return undefined
    const page = JSON.parse(answer.text) as {
      readonly items?: readonly KubernetesObject[] | null
      readonly metadata: {readonly continue?: string; readonly resourceVersion: string}
    }
    // Items of a list come without what all of them have in common.
    items.push(...(page.items ?? []).map((item) => ({...item, apiVersion: kind.apiVersion, kind: kind.kind})))
    next = page.metadata.continue
    if (!next) return {items, resourceVersion: page.metadata.resourceVersion}
  } while (next)
  return undefined
}

/** Server-side apply. Throws api-refused, api-forbidden, api-unreachable. */
export async function applyObject(
  api: Api,
  resources: Resources,
  object: KubernetesObject,
  {signal, dryRun}: {readonly signal?: AbortSignal; readonly dryRun?: boolean} = {},
): Promise<'created' | 'changed' | 'unchanged'> {
  const {name, namespace} = object.metadata
  const what = `apply ${object.kind} ${namespace === undefined ? name : `${namespace}/${name}`}`
  const path = await pathOf(
    resources,
    {apiVersion: object.apiVersion, kind: object.kind, name, ...(namespace === undefined ? {} : {namespace})},
    signal,
  )
  if (path === undefined)
    throw api.refused(what, 404, `the cluster does not know the kind ${object.kind} of ${object.apiVersion}`)
  const before = await getPath(api, path, signal ? {signal} : {})
  const query = queryOf({fieldManager, force: 'true', ...(dryRun ? {dryRun: 'All'} : {})})
  const answer = await api.ask(what, {
    method: 'PATCH',
    path: `${path}?${query}`,
    body: JSON.stringify(object),
    contentType: 'application/apply-patch+yaml',
    signal,
  })
  if (answer.status === 404) throw api.refused(what, 404, answer.text)
  if (before === undefined) return 'created'
  return isSame(before, JSON.parse(answer.text), dryRun === true) ? 'unchanged' : 'changed'
}

/** False when it was not there. */
export async function deleteObject(
  api: Api,
  resources: Resources,
  ref: ObjectRef,
  {graceSeconds, signal}: {readonly graceSeconds?: number; readonly signal?: AbortSignal} = {},
): Promise<boolean> {
  const path = await pathOf(resources, ref, signal)
  if (path === undefined) return false
  const options = {
    apiVersion: 'v1',
    kind: 'DeleteOptions',
    propagationPolicy: 'Background',
    ...(graceSeconds === undefined ? {} : {gracePeriodSeconds: graceSeconds}),
  }
  const answer = await api.ask(`delete ${ref.kind} ${ref.name}`, {
    method: 'DELETE',
    path,
    body: JSON.stringify(options),
    signal,
  })
  return answer.status !== 404
}

export async function collectionOf(
  resources: Resources,
  {apiVersion, kind, namespace}: ListKind,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const resource = await resources.find(apiVersion, kind, signal)
  return resource && resourcePath(apiVersion, resource, {namespace})
}

export function selectorsOf(kind: {
  readonly labelSelector?: string
  readonly fieldSelector?: string
}): Readonly<Record<string, string>> {
  const {labelSelector, fieldSelector} = kind
  return {
    ...(labelSelector === undefined ? {} : {labelSelector}),
    ...(fieldSelector === undefined ? {} : {fieldSelector}),
  }
}

export function queryOf(parameters: Readonly<Record<string, string>>): string {
  return new URLSearchParams(parameters).toString()
}

async function pathOf(
  resources: Resources,
  {apiVersion, kind, name, namespace}: ObjectRef,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const resource = await resources.find(apiVersion, kind, signal)
  return resource && resourcePath(apiVersion, resource, {namespace, name})
}

/** A dry run gives no new version, so the objects themselves are compared, without what the server keeps account of. */
function isSame(before: unknown, after: unknown, byContent: boolean): boolean {
  if (!isRecord(before) || !isRecord(after)) return false
  if (!byContent) return versionOf(before) === versionOf(after)
  return isDeepStrictEqual(withoutAccounts(before), withoutAccounts(after))
}

function versionOf(object: Readonly<Record<string, unknown>>): unknown {
  return isRecord(object['metadata']) ? object['metadata']['resourceVersion'] : undefined
}

function withoutAccounts(object: Readonly<Record<string, unknown>>): unknown {
  const {
    managedFields: _fields,
    resourceVersion: _version,
    generation: _generation,
    ...metadata
  } = isRecord(object['metadata']) ? object['metadata'] : {}
  return {...object, metadata}
}
