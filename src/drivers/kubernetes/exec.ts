import type {IncomingMessage} from 'node:http'
import type {ClientOptions, RawData, WebSocket} from 'ws'
import {Problem} from '../../problem.ts'
import type {Finished, KubernetesDriver} from '../ports.ts'
import {shownWords} from '../process/process-problem.ts'
import {refused, unreachable} from './api-problem.ts'
import {createChannels} from './exec-channels.ts'
import type {ApiTarget} from './load-context.ts'
import type {Transport} from './transport.ts'

type Pod = Parameters<KubernetesDriver['exec']>[0]
type ExecOptions = NonNullable<Parameters<KubernetesDriver['exec']>[2]>

/** Version 5 is version 4 and a way to end the input; every Kubernetes since 1.30 speaks it (KEP-4006). */
const protocols = ['v5.channel.k8s.io', 'v4.channel.k8s.io']
const defaultSeconds = 60

/** Runs a program in a container; its exit code is a value. Throws api-refused, api-forbidden, api-unreachable, wait-timeout, interrupted. */
export async function execInPod(
  {target, transport}: {readonly target: ApiTarget; readonly transport: Transport},
  pod: Pod,
  argv: readonly string[],
  options: ExecOptions = {},
): Promise<Finished> {
  const what = `run ${shownWords(argv)} in pod ${pod.namespace}/${pod.name}`
  if (options.signal?.aborted) throw new Problem('interrupted', {message: `Interrupted before it could ${what}`})
  const {WebSocket: Socket} = await import('ws')
  const {headers, tls} = await transport.socketOptions()
  const settings: ClientOptions = {headers: {...headers}, ...tls, perMessageDeflate: false}
  const socket = new Socket(execUrl(target, pod, argv, options), protocols, settings)
  const channels = createChannels(options.onOutput)
  return await new Promise<Finished>((resolve, reject) => {
    const stop = endEarly(socket, what, options, reject)
    const settle =
      <T>(done: (value: T) => void) =>
      (value: T): void => {
        stop()
        done(value)
        socket.terminate()
      }
    const fail = settle(reject)
    socket.on('open', () => sendInput(socket, options.stdin))
    socket.on('message', (data: RawData) => channels.push(toBuffer(data)))
    socket.on('unexpected-response', (_request, response: IncomingMessage) => {
      void readBody(response).then((body) => fail(refused(target, what, response.statusCode ?? 0, body)), fail)
    })
    socket.on('error', (error) => fail(unreachable(target, error)))
    socket.on('close', () => {
      const end = channels.end()
      if ('finished' in end) settle(resolve)(end.finished)
      else if (end.refused === undefined)
        fail(unreachable(target, new Error('the connection closed before the program had ended')))
      else fail(refused(target, what, 500, end.refused))
    })
  })
}

function execUrl({server}: ApiTarget, pod: Pod, argv: readonly string[], {stdin}: ExecOptions): URL {
  const path = `/api/v1/namespaces/${encodeURIComponent(pod.namespace)}/pods/${encodeURIComponent(pod.name)}/exec`
  const query = new URLSearchParams([
    ...argv.map((word): [string, string] => ['command', word]),
    ...(pod.container === undefined ? [] : [['container', pod.container] as [string, string]]),
    ...(stdin === undefined ? [] : [['stdin', 'true'] as [string, string]]),
    ['stdout', 'true'],
    ['stderr', 'true'],
  ])
  const url = new URL(`${server.pathname.replace(/\/$/, '')}${path}?${query.toString()}`, server)
  url.protocol = server.protocol === 'http:' ? 'ws:' : 'wss:'
  return url
}

/** Ends the conversation at the deadline or when the signal aborts; the returned function calls both off. */
function endEarly(
  socket: WebSocket,
  what: string,
  {signal, timeoutSeconds = defaultSeconds}: ExecOptions,
  reject: (problem: Problem) => void,
): () => void {
  const end = (problem: Problem): void => {
    stop()
    reject(problem)
    socket.terminate()
  }
  const timer = setTimeout(
    () => end(new Problem('wait-timeout', {message: `Could not ${what} within ${timeoutSeconds} s`})),
    timeoutSeconds * 1000,
  )
  const onAbort = (): void => end(new Problem('interrupted', {message: `Interrupted while it tried to ${what}`}))
  const stop = (): void => {
    clearTimeout(timer)
    signal?.removeEventListener('abort', onAbort)
  }
  signal?.addEventListener('abort', onAbort, {once: true})
  return stop
}

/** Channel 0 is standard input; in version 5, channel 255 with the number of a channel ends that one. */
function sendInput(socket: WebSocket, stdin: string | undefined): void {
  if (stdin === undefined) return
  socket.send(Buffer.concat([Buffer.from([0]), Buffer.from(stdin)]))
  if (socket.protocol === protocols[0]) socket.send(Buffer.from([255, 0]))
}

async function readBody(response: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of response) parts.push(part as Buffer)
  return Buffer.concat(parts).toString('utf8')
}

function toBuffer(data: RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data)
  return Buffer.isBuffer(data) ? data : Buffer.from(data)
}
