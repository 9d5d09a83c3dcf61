import type {ServerResponse} from 'node:http'
import {fits, sendStatus} from './rest.ts'
import type {FakeApi, SeenRequest} from './server.ts'
import type {StoreEvent} from './store.ts'

/** Sends what happened since the version of the query, then what happens, until the connection ends. */
export function answerWatch(
  {store}: FakeApi,
  {path, query}: SeenRequest,
  response: ServerResponse,
  open: Set<ServerResponse>,
): void {
  const since = Number(query['resourceVersion'] ?? 0)
  if (since < store.oldest()) return sendStatus(response, 410, 'too old resource version', {reason: 'Expired'})
  const send = (event: StoreEvent): void => {
    if (event.version > since && event.collections.includes(path) && fits(query, event.object)) {
      response.write(`${JSON.stringify({type: event.type, object: event.object})}\n`)
    }
  }
  response.writeHead(200, {'content-type': 'application/json'})
  response.flushHeaders()
  for (const event of store.events) send(event)
  const unsubscribe = store.subscribe(send)
  open.add(response)
  response.once('close', () => {
    unsubscribe()
    open.delete(response)
  })
}
