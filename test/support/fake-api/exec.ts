import {type IncomingMessage, STATUS_CODES} from 'node:http'
import type {Duplex} from 'node:stream'
import {WebSocketServer, type WebSocket} from 'ws'
import type {FakeApi} from './server.ts'

export interface ExecRequest {
  readonly namespace: string
  readonly pod: string
  readonly container: string | null
  readonly command: readonly string[]
  readonly protocol: string
  /** All of the input; empty without one. */
  readonly stdin: string
}

export interface ExecAnswer {
  readonly stdout?: string
  readonly stderr?: string
  readonly exitCode?: number
  /** Why the program could not be started. */
  readonly failure?: string
  /** Refuses before the connection becomes a WebSocket. */
  readonly refuse?: {readonly code: number; readonly message: string}
  /** Never ends by itself. */
  readonly hang?: boolean
  /** Cuts the connection without a status. */
  readonly cut?: boolean
}

export type ExecHandler = (request: ExecRequest) => ExecAnswer

/** Exec over WebSocket: v5 (with the end of the input) where the client offers it, else v4. */
export function answerExec(fake: FakeApi, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  const url = new URL(request.url ?? '/', 'https://fake')
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((one) => one.trim())
  const protocol = offered.includes('v5.channel.k8s.io') ? 'v5.channel.k8s.io' : 'v4.channel.k8s.io'
  const asked = {
    namespace: url.pathname.split('/').at(-4) ?? '',
    pod: url.pathname.split('/').at(-2) ?? '',
    container: url.searchParams.get('container'),
    command: url.searchParams.getAll('command'),
    protocol,
  }
  const early = fake.onExec({...asked, stdin: ''}).refuse
  if (early) {
    const body = JSON.stringify({kind: 'Status', status: 'Failure', message: early.message, code: early.code})
    socket.end(
      `HTTP/1.1 ${early.code} ${STATUS_CODES[early.code]}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
    )
    return
  }
  const server = new WebSocketServer({noServer: true, handleProtocols: () => protocol})
  server.handleUpgrade(request, socket, head, (client) => {
    const input: Buffer[] = []
    const answer = (): void => reply(client, fake.onExec({...asked, stdin: Buffer.concat(input).toString()}))
    if (url.searchParams.get('stdin') !== 'true') return answer()
    client.on('message', (data: Buffer) => {
      if (data[0] === 0) input.push(data.subarray(1))
      if (data[0] === 255) answer()
    })
  })
}

function reply(client: WebSocket, {stdout = '', stderr = '', exitCode = 0, failure, hang, cut}: ExecAnswer): void {
  const send = (channel: number, text: string): void =>
    client.send(Buffer.concat([Buffer.from([channel]), Buffer.from(text)]))
  // In two pieces, as a real stream comes.
  const half = Math.ceil(stdout.length / 2)
  for (const part of [stdout.slice(0, half), stdout.slice(half)]) if (part !== '') send(1, part)
  if (stderr !== '') send(2, stderr)
  if (hang) return
  if (cut) return client.terminate()
  send(3, JSON.stringify(statusOf(exitCode, failure)))
  client.close(1000)
}

function statusOf(exitCode: number, failure: string | undefined): unknown {
  if (failure !== undefined)
    return {status: 'Failure', reason: 'InternalError', message: failure, details: {causes: [{message: failure}]}}
  if (exitCode === 0) return {status: 'Success'}
  const message = `command terminated with non-zero exit code: exit status ${exitCode}`
  return {
    status: 'Failure',
    reason: 'NonZeroExitCode',
    message,
    details: {causes: [{reason: 'ExitCode', message: String(exitCode)}]},
  }
}
