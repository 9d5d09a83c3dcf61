import type {IncomingMessage} from 'node:http'
import {Problem} from '../../problem.ts'
import type {KubernetesObject} from '../../steps/object.ts'
import type {Clock, KubernetesDriver} from '../ports.ts'
import type {Api} from './api.ts'
import {listObjects, selectionPath} from './list.ts'
import type {Resources} from './resources.ts'
import {createWatchState, type WatchState} from './watch-state.ts'

type Watched = Parameters<KubernetesDriver['watch']>[0]

interface WatchContext {
  readonly api: Api
  readonly resources: Resources
  readonly clock: Clock
}

/** Seconds after which the server ends a watch by itself; it is then begun again where it ended. */
const watchSeconds = 240
/** Seconds without a byte after which a connection counts as dead: the API sends a bookmark about every minute. */
const silentSeconds = 100
/** Milliseconds between two looks at something that gives no events: a kind that the cluster does not know yet, a broken stream. */
const pause = 500

/**
 * Lists, then follows; lists again when the API has forgotten where we were (410). A watch that cannot be begun three times in a
 * row, or a list that fails, throws api-unreachable; the end by the signal throws interrupted.
 */
export async function watchObjects(
  context: WatchContext,
  watched: Watched,
  onChange: (objects: readonly KubernetesObject[]) => boolean,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    const list = await listObjects(context.api, context.resources, watched, signal)
    if (onChange(list?.items ?? [])) return
    if (
      list &&
      (await follow(context, watched, createWatchState(list.items, list.resourceVersion), onChange, signal)) ===
        'enough'
    )
      return
    await context.clock.sleep(pause, signal)
  }
}

async function follow(
  {api, resources, clock}: WatchContext,
  watched: Watched,
  state: WatchState,
  onChange: (objects: readonly KubernetesObject[]) => boolean,
  signal: AbortSignal,
): Promise<'enough' | 'list-again'> {
  for (let failures = 0; ; ) {
    const parameters = {
      watch: 'true',
      allowWatchBookmarks: 'true',
      resourceVersion: state.resourceVersion(),
      timeoutSeconds: String(watchSeconds),
    }
    const path = await selectionPath(resources, watched, parameters, signal)
    if (path === undefined) return 'list-again'
    try {
      const stream = await api.open(`watch ${watched.kind}`, {method: 'GET', path, signal})
      if (stream.statusCode !== 200) throw await refusal(api, watched, stream)
      failures = 0
      const end = await readEvents(stream, state, onChange)
      if (end !== 'ended') return end
    } catch (error) {
      if (signal.aborted) throw new Problem('interrupted', {message: `Interrupted while watching ${watched.kind}`})
      if (error === gone) return 'list-again'
      if (error instanceof Problem && error.data.name === 'api-unreachable') failures += 1
      if (error instanceof Problem && (error.data.name !== 'api-unreachable' || failures >= 3)) throw error
    }
    await clock.sleep(pause, signal)
  }
}

/** The API no longer knows the version that we were at. */
const gone = Symbol('gone')

async function refusal(api: Api, {kind}: Watched, stream: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = []
  for await (const part of stream) parts.push(part as Buffer)
  const status = stream.statusCode ?? 0
  // 404: its custom resource was removed. 429, 503: too busy, which the pause before the next list heals.
  if ([404, 410, 429, 503].includes(status)) return gone
  return api.refused(`watch ${kind}`, status, Buffer.concat(parts).toString('utf8'))
}

async function readEvents(
  stream: IncomingMessage,
  state: WatchState,
  onChange: (objects: readonly KubernetesObject[]) => boolean,
): Promise<'enough' | 'list-again' | 'ended'> {
  stream.setTimeout(silentSeconds * 1000, () => stream.destroy())
  try {
    for await (const chunk of stream) {
      const news = state.push(chunk as Buffer)
      if (news === 'gone') return 'list-again'
      if (news === 'changed' && onChange(state.objects())) return 'enough'
    }
    return 'ended'
  } finally {
    stream.destroy()
  }
}
