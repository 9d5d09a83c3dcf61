import {isDeepStrictEqual} from 'node:util'
import type {Resource} from '../../api-resource.ts'
import type {KubernetesObject} from '../../steps/object.ts'
import type {Clock, KubernetesDriver} from '../ports.ts'
import {isRecord} from '../untyped.ts'
import type {Api} from './api.ts'
import {getPath, versionOf} from './objects.ts'
import {type Resources, resourcePath} from './resources.ts'

const fieldManager = 'k8s-local'
/** Milliseconds between looks for a kind whose definition was applied a moment ago. */
const pauses = [250, 500, 1000, 2000]

type Applied = Awaited<ReturnType<KubernetesDriver['apply']>>
type ApplyOptions = NonNullable<Parameters<KubernetesDriver['apply']>[1]>

/** Server-side apply, conflicts forced. Throws api-refused, api-forbidden, api-unreachable. */
export async function applyObject(
  {api, resources, clock}: {readonly api: Api; readonly resources: Resources; readonly clock: Clock},
  object: KubernetesObject,
  {signal, dryRun = false}: ApplyOptions = {},
): Promise<Applied> {
  const {apiVersion, kind, metadata} = object
  const what = `apply ${kind} ${metadata.namespace === undefined ? '' : `${metadata.namespace}/`}${metadata.name}`
  const resource = await findSoon(resources, clock, object, signal)
  if (!resource) throw api.refused(what, 404, `the cluster does not know the kind ${kind} of ${apiVersion}`)
  const path = resourcePath(apiVersion, resource, metadata)
  const before = await getPath(api, path, signal ? {signal} : {})
  const query = new URLSearchParams({fieldManager, force: 'true', ...(dryRun ? {dryRun: 'All'} : {})})
  const answer = await api.ask(what, {
    method: 'PATCH',
    path: `${path}?${query.toString()}`,
    body: JSON.stringify(object),
    contentType: 'application/apply-patch+yaml',
    signal,
  })
  if (answer.status === 404) throw api.refused(what, 404, answer.text)
  if (before === undefined) return 'created'
  const same = dryRun
    ? hasSameContent(before, JSON.parse(answer.text))
    : versionOf(before) === versionOf(JSON.parse(answer.text))
  return same ? 'unchanged' : 'changed'
}

async function findSoon(
  resources: Resources,
  clock: Clock,
  {apiVersion, kind}: KubernetesObject,
  signal?: AbortSignal,
): Promise<Resource | undefined> {
  for (const pause of pauses) {
    const found = await resources.find(apiVersion, kind, signal)
    if (found) return found
    await clock.sleep(pause, signal)
  }
  return await resources.find(apiVersion, kind, signal)
}

/** A dry run gives no new version, so the objects themselves are compared, without what the server keeps account of. */
function hasSameContent(before: unknown, after: unknown): boolean {
  return isDeepStrictEqual(withoutAccounts(before), withoutAccounts(after))
}

function withoutAccounts(object: unknown): unknown {
  if (!isRecord(object) || !isRecord(object['metadata'])) return object
  const {managedFields: _fields, resourceVersion: _version, generation: _generation, ...metadata} = object['metadata']
  return {...object, metadata}
}
