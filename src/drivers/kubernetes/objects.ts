import type {Json, KubernetesObject, ObjectRef} from '../../steps/object.ts'
import {member} from '../untyped.ts'
import type {Api} from './api.ts'
import {type Resources, resourcePath} from './resources.ts'

interface GetOptions {
  readonly signal?: AbortSignal
  readonly timeoutSeconds?: number
}

interface DeleteOptions {
  readonly graceSeconds?: number
  readonly withDependents?: boolean
  readonly signal?: AbortSignal
}

/** The JSON of a path, or its text where it is none (`/readyz`); undefined for 404. */
export async function getPath(api: Api, path: string, options: GetOptions = {}): Promise<Json | undefined> {
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
  const resource = await resources.find(ref.apiVersion, ref.kind, signal)
  if (!resource) return undefined
  return (await getPath(api, resourcePath(ref.apiVersion, resource, ref), signal ? {signal} : {})) as
    | KubernetesObject
    | undefined
}

/** False when it was not there. */
export async function deleteObject(
  api: Api,
  resources: Resources,
  ref: ObjectRef,
  {graceSeconds, withDependents = false, signal}: DeleteOptions = {},
): Promise<boolean> {
  const resource = await resources.find(ref.apiVersion, ref.kind, signal)
  if (!resource) return false
  const body = JSON.stringify({
    apiVersion: 'v1',
    kind: 'DeleteOptions',
    propagationPolicy: withDependents ? 'Foreground' : 'Background',
    ...(graceSeconds === undefined ? {} : {gracePeriodSeconds: graceSeconds}),
  })
  const path = resourcePath(ref.apiVersion, resource, ref)
  const answer = await api.ask(`delete ${ref.kind} ${ref.name}`, {method: 'DELETE', path, body, signal})
  return answer.status !== 404
}

/** Changes with every change of the object, and with nothing else. */
export function versionOf(object: unknown): unknown {
  return member(object, 'metadata', 'resourceVersion')
}
