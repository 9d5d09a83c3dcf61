import type {KubernetesObject} from '../../steps/object.ts'
import {createLineSplitter} from '../process/lines.ts'
import {text} from '../untyped.ts'

/** The current list of a watch, kept up to date by its events. */
export interface WatchState {
  /** Takes bytes of the stream. `gone`: the API asks us to list again. */
  push(chunk: Uint8Array): 'changed' | 'same' | 'gone'
  objects(): readonly KubernetesObject[]
  /** Where to go on after the stream broke. */
  resourceVersion(): string
}

interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR'
  readonly object: KubernetesObject
}

export function createWatchState(items: readonly KubernetesObject[], version: string): WatchState {
  const known = new Map(items.map((item) => [keyOf(item), item]))
  let at = version
  let news: 'changed' | 'same' | 'gone' = 'same'
  const take = (line: string): void => {
    if (line === '' || news === 'gone') return
    const {type, object} = JSON.parse(line) as WatchEvent
    if (type === 'ERROR') {
      news = 'gone'
      return
    }
    at = text(object.metadata['resourceVersion']) || at
    if (type === 'BOOKMARK') return
    if (type === 'DELETED') known.delete(keyOf(object))
    else known.set(keyOf(object), object)
    news = 'changed'
  }
  // A stream that breaks within a line starts again at the last whole event, on a new connection: its rest must not be joined.
  let lines = createLineSplitter(take)
  return {
    push: (chunk) => {
      news = 'same'
      lines.push(chunk)
      return news
    },
    objects: () => [...known.values()],
    resourceVersion: () => {
      lines = createLineSplitter(take)
      return at
    },
  }
}

function keyOf({metadata}: KubernetesObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`
}
