import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import type {IncomingMessage, ServerResponse} from 'node:http'
import {createServer} from 'node:https'
import type {AddressInfo, Socket} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import type {Duplex} from 'node:stream'
import {toYaml} from '../../../src/to-yaml.ts'
import {certificates} from './certificates.ts'
import {answerExec, type ExecHandler} from './exec.ts'
import {answerRest, sendStatus} from './rest.ts'
import {createStore, type Store} from './store.ts'
import {answerWatch} from './watch.ts'

export interface SeenRequest {
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly headers: IncomingMessage['headers']
  readonly body: string
  /** Common name of the client's certificate. */
  readonly client?: string
}

/** True when it has answered (or will); false leaves the request to the fake itself. */
export type Fault = (request: SeenRequest, response: ServerResponse) => boolean

/** A Kubernetes API on loopback, in memory: objects, server-side apply, watches, exec, and faults on demand. */
export interface FakeApi {
  readonly url: string
  /** Path of a kubeconfig with the context `kind-fake` and a client certificate; removed by `stop`. */
  readonly kubeconfig: string
  readonly store: Store
  readonly requests: readonly SeenRequest[]
  /** Asked for every request, first to last. */
  readonly faults: Fault[]
  /** Kinds that are served beside the common ones: `apiVersion` to plural to kind. */
  readonly kinds: Record<string, Record<string, string>>
  onExec: ExecHandler
  /** Cuts every open watch. */
  breakWatches(): void
  /** A kubeconfig with another user entry, or another cluster entry. */
  writeKubeconfig(change: {readonly user?: object; readonly cluster?: object}): string
  stop(): Promise<void>
}

export async function startFakeApi(): Promise<FakeApi> {
  const {ca, server: identity, client} = certificates()
  const folder = mkdtempSync(join(tmpdir(), 'k8s-local-fake-api-'))
  const requests: SeenRequest[] = []
  const sockets = new Set<Socket>()
  const watches = new Set<ServerResponse>()
  const server = createServer({...identity, ca, requestCert: true, rejectUnauthorized: false}, (request, response) => {
    void readRequest(request).then((seen) => {
      requests.push(seen)
      if (fake.faults.some((fault) => fault(seen, response))) return
      if (seen.headers.authorization === undefined && seen.client === undefined)
        return sendStatus(response, 401, 'Unauthorized')
      if (seen.query['watch'] === 'true') answerWatch(fake, seen, response, watches)
      else answerRest(fake, seen, response)
    })
  })
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) =>
    answerExec(fake, request, socket, head),
  )
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`
  let written = 0
  const writeKubeconfig: FakeApi['writeKubeconfig'] = ({user, cluster}) => {
    const file = join(folder, `kubeconfig-${(written += 1)}`)
    const certificate = {
      'client-certificate-data': client.cert.toString('base64'),
      'client-key-data': client.key.toString('base64'),
    }
    const config = {
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'kind-fake',
      clusters: [
        {name: 'kind-fake', cluster: cluster ?? {server: url, 'certificate-authority-data': ca.toString('base64')}},
      ],
      contexts: [{name: 'kind-fake', context: {cluster: 'kind-fake', user: 'fake-admin'}}],
      users: [{name: 'fake-admin', user: user ?? certificate}],
    }
    writeFileSync(file, toYaml(config), {mode: 0o600})
    return file
  }
  const fake: FakeApi = {
    url,
    kubeconfig: writeKubeconfig({}),
    store: createStore(),
    requests,
    faults: [],
    kinds: {},
    onExec: () => ({exitCode: 0}),
    breakWatches: () => {
      for (const watch of watches) watch.destroy()
    },
    writeKubeconfig,
    stop: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
      rmSync(folder, {recursive: true, force: true})
    },
  }
  return fake
}

async function readRequest(request: IncomingMessage): Promise<SeenRequest> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  const url = new URL(request.url ?? '/', 'https://fake')
  const peer = (
    request.socket as Socket & {getPeerCertificate?: () => {readonly subject?: {readonly CN?: string}}}
  ).getPeerCertificate?.()
  return {
    method: request.method ?? 'GET',
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: request.headers,
    body: Buffer.concat(parts).toString('utf8'),
    ...(peer?.subject?.CN === undefined ? {} : {client: peer.subject.CN}),
  }
}
