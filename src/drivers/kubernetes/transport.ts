import http from 'node:http'
import https from 'node:https'
import type {Credentials, Identity} from './credentials.ts'
import type {ApiTarget} from './load-context.ts'

export interface ApiRequest {
  readonly method: 'GET' | 'PATCH' | 'POST' | 'DELETE'
  /** Below the server's own path, with the query. */
  readonly path: string
  readonly body?: string
  readonly contentType?: string
  readonly signal?: AbortSignal | undefined
  /** Seconds until the answer must be there in full; for a stream, until it must begin. */
  readonly timeoutSeconds?: number | undefined
}

export interface ApiAnswer {
  readonly status: number
  readonly contentType: string
  /** Seconds, as the server asks for them. */
  readonly retryAfter?: number
  readonly text: string
}

export type TlsOptions = ApiTarget['tls'] & Pick<Identity, 'cert' | 'key'>

/** HTTP to one API server. Rejects with the socket's own error, or with a TimeoutError. */
export interface Transport {
  send(request: ApiRequest): Promise<ApiAnswer>
  /** An answer that goes on: status 200 gives its bytes as they come. */
  open(request: ApiRequest): Promise<http.IncomingMessage>
  /** What a WebSocket needs to know. */
  socketOptions(): Promise<{readonly headers: Readonly<Record<string, string>>; readonly tls: TlsOptions}>
  refresh(): boolean
}

const defaultSeconds = 30
/** Seconds until there is a connection: an address that swallows packets is known sooner than an API that thinks. */
const connectSeconds = 10

/** The deadline of one request has passed. */
export class AnswerTimeout extends Error {
  override readonly name = 'AnswerTimeout'
}

export function createTransport(target: ApiTarget, credentials: Credentials): Transport {
  const agentFor = createAgents(target)
  const begin = async (request: ApiRequest): Promise<Exchange> => {
    const identity = await credentials.current()
    return await exchange(target, agentFor(identity), identity, request)
  }
  return {
    open: async (request) => {
      const {answer, settle} = await begin(request)
      settle()
      return answer
    },
    send: async (request) => {
      const {answer, settle} = await begin(request)
      try {
        return await readAnswer(answer)
      } finally {
        settle()
      }
    },
    socketOptions: async () => {
      const identity = await credentials.current()
      return {headers: headersOf(identity), tls: tlsOf(target, identity)}
    },
    refresh: () => credentials.refresh(),
  }
}

interface Exchange {
  readonly answer: http.IncomingMessage
  /** Ends the deadline. */
  readonly settle: () => void
}

function exchange(target: ApiTarget, agent: http.Agent, identity: Identity, request: ApiRequest): Promise<Exchange> {
  const {protocol, hostname, port, pathname} = target.server
  return new Promise((resolve, reject) => {
    const outgoing = (protocol === 'https:' ? https : http).request({
      agent,
      method: request.method,
      hostname: hostname.replace(/^\[|\]$/g, ''),
      port: port === '' ? (protocol === 'https:' ? 443 : 80) : port,
      path: pathname.replace(/\/$/, '') + request.path,
      headers: {accept: 'application/json', ...headersOf(identity), ...bodyHeaders(request)},
      ...(request.signal ? {signal: request.signal} : {}),
    })
    const seconds = request.timeoutSeconds ?? defaultSeconds
    let answer: http.IncomingMessage | undefined
    const timer = setTimeout(
      () => (answer ?? outgoing).destroy(new AnswerTimeout(`no answer within ${seconds} s`)),
      seconds * 1000,
    )
    const unheard = untilConnected(outgoing, protocol, Math.min(seconds, connectSeconds))
    const settle = (): void => {
      clearTimeout(timer)
      clearTimeout(unheard)
    }
    outgoing.on('error', (error) => {
      settle()
      reject(error)
    })
    outgoing.on('response', (response) => {
      answer = response
      resolve({answer, settle})
    })
    outgoing.end(request.body)
  })
}

/** Ends a request whose connection does not come about. The timer has to be cleared with the request's own. */
function untilConnected(outgoing: http.ClientRequest, protocol: string, seconds: number): NodeJS.Timeout {
  const timer = setTimeout(
    () => outgoing.destroy(new AnswerTimeout(`no connection within ${seconds} s`)),
    seconds * 1000,
  )
  outgoing.once('socket', (socket) => {
    // One that was kept from an earlier request.
    if (outgoing.reusedSocket) return clearTimeout(timer)
    socket.once(protocol === 'https:' ? 'secureConnect' : 'connect', () => clearTimeout(timer))
  })
  return timer
}

async function readAnswer(answer: http.IncomingMessage): Promise<ApiAnswer> {
  const parts: Buffer[] = []
  for await (const part of answer) parts.push(part as Buffer)
  const retryAfter = Number(answer.headers['retry-after'])
  return {
    status: answer.statusCode ?? 0,
    contentType: answer.headers['content-type'] ?? '',
    text: Buffer.concat(parts).toString('utf8'),
    ...(retryAfter > 0 ? {retryAfter} : {}),
  }
}

function headersOf({token}: Identity): Readonly<Record<string, string>> {
  return token === undefined ? {} : {authorization: `Bearer ${token}`}
}

function bodyHeaders({body, contentType = 'application/json'}: ApiRequest): http.OutgoingHttpHeaders {
  return body === undefined ? {} : {'content-type': contentType, 'content-length': Buffer.byteLength(body)}
}

function tlsOf({tls}: ApiTarget, {cert, key}: Identity): TlsOptions {
  return {...tls, ...(cert ? {cert} : {}), ...(key ? {key} : {})}
}

/** Connections are kept between requests, and dropped when a credential plugin hands out another certificate. */
function createAgents(target: ApiTarget): (identity: Identity) => http.Agent {
  if (target.server.protocol === 'http:') {
    const agent = new http.Agent({keepAlive: true})
    return () => agent
  }
  let held: {readonly cert: Buffer | undefined; readonly agent: https.Agent} | undefined
  return (identity) => {
    if (!held || held.cert !== identity.cert)
      held = {cert: identity.cert, agent: new https.Agent({keepAlive: true, ...tlsOf(target, identity)})}
    return held.agent
  }
}
