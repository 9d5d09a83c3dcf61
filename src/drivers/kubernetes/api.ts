import type {IncomingMessage} from 'node:http'
import {Problem} from '../../problem.ts'
import {codeOf} from '../files/file-problem.ts'
import type {Clock} from '../ports.ts'
import {refused, unreachable} from './api-problem.ts'
import type {ApiTarget} from './load-context.ts'
import {type ApiAnswer, type ApiRequest, AnswerTimeout, type Transport} from './transport.ts'

/** Requests that are repeated where that is safe and sensible; failures are Problems. Every request here may be sent twice. */
export interface Api {
  /** The answer of a request that the API accepted, or its 404 or 410. `what` is what was tried, as "cannot …" continues. */
  ask(what: string, request: ApiRequest): Promise<ApiAnswer>
  /** A stream that has begun, whatever its status. Throws api-unreachable, interrupted. */
  open(what: string, request: ApiRequest): Promise<IncomingMessage>
  /** The Problem for an answer that says no. */
  refused(what: string, status: number, body: string): Problem
}

const attempts = 5

export function createApi(target: ApiTarget, transport: Transport, clock: Clock): Api {
  const once = async <T>(what: string, request: ApiRequest, work: () => Promise<T>): Promise<T> => {
    if (request.signal?.aborted) throw interrupted(what)
    try {
      return await work()
    } catch (error) {
      if (request.signal?.aborted) throw interrupted(what)
      if (error instanceof Problem || (codeOf(error) === undefined && !(error instanceof AnswerTimeout))) throw error
      throw isBroken(error) ? new Broken(error) : unreachable(target, error)
    }
  }
  const ask = async (what: string, request: ApiRequest): Promise<ApiAnswer> => {
    for (let attempt = 1; ; attempt += 1) {
      const last = attempt === attempts || asksForState(request)
      try {
        const answer = await once(what, request, () => transport.send(request))
        if (answer.status < 300 || isNotThere(answer, request)) return answer
        const again =
          !last && (answer.status === 401 ? attempt === 1 && transport.refresh() : isPassing(answer, request))
        if (!again) throw refused(target, what, answer.status, answer.text)
        await clock.sleep(pause(attempt, answer.retryAfter), request.signal)
      } catch (error) {
        if (!(error instanceof Broken)) throw error
        if (last) throw unreachable(target, error.reason)
        await clock.sleep(pause(attempt), request.signal)
      }
    }
  }
  return {
    ask,
    open: async (what, request) => {
      try {
        return await once(what, request, () => transport.open(request))
      } catch (error) {
        throw error instanceof Broken ? unreachable(target, error.reason) : error
      }
    },
    refused: (what, status, body) => refused(target, what, status, body),
  }
}

/** Health and version are asked for to know how things are now, mostly by somebody who asks again. */
function asksForState({path}: ApiRequest): boolean {
  return !path.startsWith('/api')
}

/** A connection that broke: the request may not have arrived, or only its answer is lost. */
class Broken extends Error {
  constructor(readonly reason: unknown) {
    super('the connection broke')
  }
}

function isBroken(error: unknown): boolean {
  return ['ECONNRESET', 'EPIPE', 'ECONNABORTED'].includes(codeOf(error) ?? '')
}

/** Refusals that pass by themselves within seconds. */
function isPassing(answer: ApiAnswer, request: ApiRequest): boolean {
  if (answer.status === 429 || answer.status === 503) return true
  // etcd changed its leader, or the disk was slow (kubernetes, apiserver storage errors).
  if (answer.status === 500) return answer.text.includes('etcdserver:')
  // kubeadm 1.29 and later binds its own admin to cluster-admin only after the API has said that it is ready.
  if (answer.status === 403) return answer.text.includes('\\"kubernetes-admin\\"')
  return isUnknownPath(answer, request)
}

/** 404, or 410 for a version or a page of a list that the API no longer has. */
function isNotThere(answer: ApiAnswer, request: ApiRequest): boolean {
  return answer.status === 410 || (answer.status === 404 && !isUnknownPath(answer, request))
}

/** A new custom resource counts as established a moment before its path is served; then the 404 is no Status object. */
function isUnknownPath(answer: ApiAnswer, request: ApiRequest): boolean {
  return answer.status === 404 && request.method === 'PATCH' && !/"(?:name|group)":\s*"/.test(answer.text)
}

/** 0.25 s, 0.5 s, 1 s, 2 s; or what the server asks for, but no more than 5 s. */
function pause(attempt: number, retryAfter?: number): number {
  return Math.min(retryAfter === undefined ? 125 * 2 ** attempt : retryAfter * 1000, 5000)
}

function interrupted(what: string): Problem {
  return new Problem('interrupted', {message: `Interrupted while asking the Kubernetes API to ${what}`})
}
