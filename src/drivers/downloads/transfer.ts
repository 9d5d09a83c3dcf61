import {Problem} from '../../problem.ts'
import type {DownloadContext} from '../downloads.ts'
import type {ReadableStreamLike} from '../streams.ts'

export interface Transfer {
  readonly body: ReadableStreamLike
  /** Bytes, where the server says so. */
  readonly total?: number
}

/** A transfer that went wrong; `passing` where another try may help. */
export class TransferFailure extends Error {
  constructor(
    message: string,
    readonly passing: boolean,
  ) {
    super(message)
  }
}

const silentSeconds = 30

/**
 * Opens an address. The fetch of Node 20 knows no proxies; curl does, with NO_PROXY and all, so where a proxy variable is set curl
 * does the work. Throws TransferFailure.
 */
export function openTransfer(
  {processes, environment}: DownloadContext,
  address: string,
  signal: AbortSignal,
): Promise<Transfer> {
  const names = [
    'https_proxy',
    'HTTPS_PROXY',
    'all_proxy',
    'ALL_PROXY',
    ...(address.startsWith('http:') ? ['http_proxy'] : []),
  ]
  const proxied = names.some((name) => (environment[name] ?? '') !== '')
  return proxied ? Promise.resolve({body: curl(processes, address, signal)}) : openByFetch(address, signal)
}

async function openByFetch(address: string, outer: AbortSignal): Promise<Transfer> {
  const silence = new AbortController()
  const stop = (): void => silence.abort()
  const timer = setTimeout(stop, silentSeconds * 1000)
  outer.addEventListener('abort', stop, {once: true})
  const settle = (): void => {
    clearTimeout(timer)
    outer.removeEventListener('abort', stop)
  }
  try {
    const response = await fetch(address, {signal: silence.signal, headers: {'accept-encoding': 'identity'}})
    if (!response.ok || !response.body) {
      stop()
      throw new TransferFailure(
        `the server answered ${response.status} ${response.statusText}`.trim(),
        isPassing(response.status),
      )
    }
    const total = Number(response.headers.get('content-length') ?? Number.NaN)
    return {body: watched(response.body, timer, settle), ...(Number.isNaN(total) ? {} : {total})}
  } catch (error) {
    settle()
    throw asFailure(error)
  }
}

async function* watched(
  body: AsyncIterable<Uint8Array>,
  timer: NodeJS.Timeout,
  settle: () => void,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const part of body) {
      timer.refresh()
      yield part
      timer.refresh()
    }
  } catch (error) {
    throw asFailure(error)
  } finally {
    settle()
  }
}

async function* curl(
  processes: DownloadContext['processes'],
  address: string,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const limits = ['--connect-timeout', '20', '--speed-limit', '1', '--speed-time', String(silentSeconds)]
  try {
    yield* processes.stream(['curl', '--fail', '--location', '--silent', '--show-error', ...limits, address], {signal})
  } catch (error) {
    if (!(error instanceof Problem) || error.data.name === 'interrupted') throw error
    if (error.data.name === 'program-missing')
      throw new TransferFailure('a proxy is set, which needs the program curl, and that is not on PATH', false)
    const said = error.data.cause ?? error.data.message
    const status = /returned error: (\d{3})/.exec(said)?.[1]
    throw new TransferFailure(said, status === undefined || isPassing(Number(status)))
  }
}

/** Busy servers recover; what is not there or not ours will not be there the next time. */
function isPassing(status: number): boolean {
  return status >= 500 || status === 429 || status === 408
}

/** undici says only "fetch failed" or "terminated"; the reason is the cause. */
function asFailure(error: unknown): TransferFailure {
  if (error instanceof TransferFailure) return error
  if (!(error instanceof Error)) return new TransferFailure(String(error), false)
  if (error.name === 'AbortError') return new TransferFailure(`nothing came for ${silentSeconds} s`, true)
  const {cause} = error
  return new TransferFailure(
    cause instanceof Error && cause.message !== '' ? `${error.message}: ${cause.message}` : error.message,
    true,
  )
}
