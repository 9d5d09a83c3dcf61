import {Problem} from '../../problem.ts'
import {codeOf} from '../files/file-problem.ts'
import {isRecord, member, records, text} from '../untyped.ts'
import {redact} from '../../redact.ts'
import type {ApiTarget} from './load-context.ts'

/** What a failed answer means: api-forbidden for 401 and 403, else api-refused, with the API's own message. `what` continues "cannot". */
export function refused(target: ApiTarget, what: string, status: number, body: string): Problem {
  const cause = redact(messageOf(body) || `HTTP status ${status}`)
  if (status === 401) {
    return new Problem('api-forbidden', {
      message: `The Kubernetes API of context ${target.context} does not accept the credentials of ${target.userName}`,
      cause,
      suggestions: [`Check them with: kubectl --context ${target.context} auth whoami`],
    })
  }
  if (status === 403) {
    return new Problem('api-forbidden', {
      message: `${target.userName} may not ${what}`,
      cause,
      suggestions: [`See what is allowed: kubectl --context ${target.context} auth can-i --list`],
    })
  }
  return new Problem('api-refused', {message: `The Kubernetes API refused to ${what}`, cause})
}

/** What a failed connection means. `cause` has the system's code. */
export function unreachable({server, context}: ApiTarget, error: unknown): Problem {
  const code = codeOf(error)
  const said = error instanceof Error ? error.message || error.name : String(error)
  const untrusted = /CERT|SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET_ISSUER)|ALTNAME/.test(code ?? '')
  return new Problem('api-unreachable', {
    message: untrusted
      ? `The certificate of the Kubernetes API at ${server.origin} (context ${context}) is not trusted`
      : `The Kubernetes API at ${server.origin} (context ${context}) does not answer`,
    cause: code === undefined || said.includes(code) ? said : `${said} (${code})`,
    suggestions: untrusted
      ? [`The cluster was made anew, or something sits between: kubectl --context ${context} version`]
      : ['Check that the nodes run: docker ps', `Ask it by hand: kubectl --context ${context} get --raw /readyz`],
  })
}

/** The message of a Status object with its causes, or the text itself. */
export function messageOf(body: string): string {
  let status: unknown
  try {
    status = JSON.parse(body)
  } catch {
    return body.trim().slice(0, 600)
  }
  if (!isRecord(status) || typeof status['message'] !== 'string') return body.slice(0, 600)
  const message = status['message']
  const causes = records(member(status, 'details', 'causes'))
  const more = causes
    .map((cause) => `${text(cause['field'])}: ${text(cause['message'])}`)
    .filter((line) => !message.includes(line))
  return [message, ...more].join('\n')
}
