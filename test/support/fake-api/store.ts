import {isDeepStrictEqual} from 'node:util'

/** An object as the API keeps it. */
export interface Stored {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: {
    readonly name: string
    readonly namespace?: string
    readonly resourceVersion: string
    readonly labels?: Readonly<Record<string, string>>
  }
  readonly [field: string]: unknown
}

export interface StoreEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'
  readonly object: Stored
  readonly version: number
  /** Path of the object's collection over all namespaces, and within its own. */
  readonly collections: readonly string[]
}

/** Objects by path (`/api/v1/namespaces/a/pods/b`), one counter of versions, and what happened. */
export interface Store {
  get(path: string): Stored | undefined
  /** Objects of a collection's path, in order of their names. */
  list(collection: string): readonly Stored[]
  /** Server-side apply of one manager: members are merged, lists replaced. */
  apply(path: string, object: object, dryRun?: boolean): {readonly object: Stored; readonly created: boolean}
  delete(path: string): Stored | undefined
  version(): number
  events: readonly StoreEvent[]
  /** Watches that start before the version that is current now get 410. */
  forget(): void
  oldest(): number
  subscribe(listener: (event: StoreEvent) => void): () => void
}

export function createStore(): Store {
  const objects = new Map<string, Stored>()
  const events: StoreEvent[] = []
  const listeners = new Set<(event: StoreEvent) => void>()
  let version = 100
  let oldest = 0
  const happen = (type: StoreEvent['type'], path: string, object: Stored): void => {
    const event = {type, object, version, collections: collectionsOf(path)}
    events.push(event)
    for (const listener of listeners) listener(event)
  }
  const remove = (path: string): Stored | undefined => {
    const before = objects.get(path)
    if (!before) return undefined
    version += 1
    objects.delete(path)
    happen('DELETED', path, {...before, metadata: {...before.metadata, resourceVersion: String(version)}})
    return before
  }
  return {
    events,
    get: (path) => objects.get(path),
    list: (collection) =>
      [...objects]
        .filter(([path]) => collectionsOf(path).includes(collection))
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([, object]) => object),
    apply: (path, object, dryRun = false) => {
      const before = objects.get(path)
      const merged = merge(before ?? {}, object) as Stored
      if (before && isDeepStrictEqual(merged, before)) return {object: before, created: false}
      if (dryRun)
        return {
          object: {...merged, metadata: {...merged.metadata, resourceVersion: before?.metadata.resourceVersion ?? ''}},
          created: !before,
        }
      version += 1
      const stored = {...merged, metadata: {...merged.metadata, resourceVersion: String(version)}}
      objects.set(path, stored)
      happen(before ? 'MODIFIED' : 'ADDED', path, stored)
      return {object: stored, created: !before}
    },
    delete: (path) => {
      const before = remove(path)
      const inside = /^\/api\/v1\/namespaces\/[^/]+$/.test(path) ? `${path.slice('/api/v1'.length)}/` : undefined
      // A namespace takes along what is in it. Pods end a little later, if nobody ends them sooner.
      if (inside)
        for (const other of [...objects.keys()].filter((key) => key.includes(inside)))
          if (other.includes('/pods/')) setTimeout(() => remove(other), 1000).unref()
          else remove(other)
      return before
    },
    version: () => version,
    forget: () => {
      oldest = version
    },
    oldest: () => oldest,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** `…/namespaces/a/pods/b` lies in `…/namespaces/a/pods` and in `…/pods`. */
function collectionsOf(path: string): readonly string[] {
  const own = path.slice(0, path.lastIndexOf('/'))
  return [own, own.replace(/\/namespaces\/[^/]+\//, '/')]
}

function merge(old: unknown, wanted: unknown): unknown {
  if (typeof old !== 'object' || typeof wanted !== 'object' || old === null || wanted === null || Array.isArray(wanted))
    return wanted
  const keys = new Set([...Object.keys(old), ...Object.keys(wanted)])
  const member = (value: object, key: string): unknown => (value as Record<string, unknown>)[key]
  return Object.fromEntries(
    [...keys]
      // A patch removes by null.
      .filter((key) => !(key in wanted && member(wanted, key) === null))
      .map((key) => [key, key in wanted ? merge(member(old, key), member(wanted, key)) : member(old, key)]),
  )
}
