import type {KubernetesObject} from '../../steps/object.ts'
import type {Api} from './api.ts'
import {type Resources, resourcePath} from './resources.ts'

/** Which objects: all of a kind, in one namespace or in all, narrowed by selectors. */
export interface Selection {
  readonly apiVersion: string
  readonly kind: string
  readonly namespace?: string
  readonly labelSelector?: string
  readonly fieldSelector?: string
}

/** A list with its version, from which a watch can go on. */
export interface ObjectList {
  readonly items: readonly KubernetesObject[]
  readonly resourceVersion: string
}

interface Page {
  readonly items?: readonly KubernetesObject[] | null
  readonly metadata: {readonly continue?: string; readonly resourceVersion: string}
}

const pageSize = 500

/** All objects, page by page; undefined when the cluster does not know the kind. */
export async function listObjects(
  api: Api,
  resources: Resources,
  selection: Selection,
  signal?: AbortSignal,
): Promise<ObjectList | undefined> {
  const items: KubernetesObject[] = []
  let token: string | undefined
  let limit: Readonly<Record<string, string>> = {limit: String(pageSize)}
  for (;;) {
    const path = await selectionPath(resources, selection, {...limit, ...(token ? {continue: token} : {})}, signal)
    if (path === undefined) return undefined
    const answer = await api.ask(`list ${selection.kind}`, {method: 'GET', path, signal})
    if (answer.status === 404) return undefined
    if (answer.status === 410) {
      // The rest of the pages has gone meanwhile: all at once, from the start.
      items.length = 0
      token = undefined
      limit = {}
      continue
    }
    const page = JSON.parse(answer.text) as Page
    // Items of a list come without what all of them have in common.
    items.push(...(page.items ?? []).map((item) => ({...item, apiVersion: selection.apiVersion, kind: selection.kind})))
    token = page.metadata.continue
    if (!token) return {items, resourceVersion: page.metadata.resourceVersion}
  }
}

/** The path of a selection with more parameters; undefined when the cluster does not know the kind. */
export async function selectionPath(
  resources: Resources,
  {apiVersion, kind, namespace, labelSelector, fieldSelector}: Selection,
  more: Readonly<Record<string, string>>,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const resource = await resources.find(apiVersion, kind, signal)
  if (!resource) return undefined
  const query = new URLSearchParams({
    ...more,
    ...(labelSelector === undefined ? {} : {labelSelector}),
    ...(fieldSelector === undefined ? {} : {fieldSelector}),
  })
  return `${resourcePath(apiVersion, resource, {namespace})}?${query.toString()}`
}
