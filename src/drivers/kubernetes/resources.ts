import {knownResource, type Resource} from '../../api-resource.ts'
import {isRecord} from '../untyped.ts'
import type {Api} from './api.ts'

export interface Resources {
  /** Undefined when the cluster does not know the kind. */
  find(apiVersion: string, kind: string, signal?: AbortSignal): Promise<Resource | undefined>
}

/** The kinds we work with are known beforehand; others are asked for and remembered. */
export function createResources(api: Api): Resources {
  const discovered = new Map<string, Promise<ReadonlyMap<string, Resource>>>()
  return {
    find: async (apiVersion, kind, signal) => {
      const known = knownResource(apiVersion, kind)
      if (known) return known
      const seen = await discovered.get(apiVersion)?.catch(() => undefined)
      if (seen?.has(kind)) return seen.get(kind)
      const asking = discover(api, apiVersion, signal)
      discovered.set(apiVersion, asking)
      return (await asking).get(kind)
    },
  }
}

/** `/api/v1` for the core group, `/apis/<group>/<version>` for the others. */
export function groupPath(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`
}

/** The path of a collection, or of one object in it. Objects of namespaced kinds without a namespace are in `default`. */
export function resourcePath(
  apiVersion: string,
  resource: Resource,
  place: {readonly namespace?: string | undefined; readonly name?: string},
): string {
  const inside = resource.namespaced && (place.namespace !== undefined || place.name !== undefined)
  const parts = [
    ...(inside ? ['namespaces', place.namespace ?? 'default'] : []),
    resource.plural,
    ...(place.name === undefined ? [] : [place.name]),
  ]
  return [groupPath(apiVersion), ...parts.map(encodeURIComponent)].join('/')
}

async function discover(
  api: Api,
  apiVersion: string,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, Resource>> {
  const answer = await api.ask(`list the resources of ${apiVersion}`, {
    method: 'GET',
    path: groupPath(apiVersion),
    signal,
  })
  if (answer.status === 404) return new Map()
  const {resources = []} = JSON.parse(answer.text) as {readonly resources?: readonly unknown[]}
  return new Map(
    resources.filter(isRecord).flatMap(({name, kind, namespaced}) => {
      // Names with a slash are subresources.
      if (typeof name !== 'string' || typeof kind !== 'string' || name.includes('/')) return []
      return [[kind, {plural: name, namespaced: namespaced === true}] as const]
    }),
  )
}
