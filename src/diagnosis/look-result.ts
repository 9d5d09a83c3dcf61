import type {Seen} from '../steps/check-request.ts'
import type {Json} from '../steps/object.ts'
import type {ClusterView, Look} from './collector.ts'
import {hideSecrets} from './hide-secrets.ts'
import {scrubObject} from './scrub-object.ts'

/** What became of one look: the text of its file, without secrets, or why there is none. */
export type LookResult =
  | {readonly text: string; readonly cut?: true}
  | {readonly absent: string}
  | {readonly fault: string}

/** Characters of a text file; what is above is cut off at its beginning, for the last lines of a log tell most. */
const mostText = 1_000_000

/** The file that is made of what was seen. */
export function resultOf(seen: Seen, look: Pick<Look, 'pick' | 'read' | 'optional'>): LookResult {
  if (seen.type === 'json') return jsonResult(look.pick ? look.pick(seen.value) : seen.value)
  if (seen.type === 'failed')
    return look.optional && isAbsence(seen.reason) ? {absent: seen.reason} : {fault: hideSecrets(seen.reason)}
  if (seen.type !== 'text') return {fault: `nothing is kept of a ${seen.type}`}
  const {exitCode, stdout, stderr} = seen
  if (exitCode !== 0 && stdout.trim() === '' && programIsMissing(stderr)) return {fault: lastLine(stderr)}
  if (look.read) return textResult(look.read(seen))
  const trouble = exitCode === 0 ? [] : [`# exit code ${exitCode}`]
  return textResult([stdout.trimEnd(), stderr.trimEnd(), ...trouble].filter((part) => part !== '').join('\n'))
}

/** Why there is no use in looking; undefined where there may be. */
export function faultOf({probe}: Look, {apiFault, nodes}: ClusterView): string | undefined {
  if (probe.type === 'node') return nodes.find(({name}) => name === probe.node)?.fault
  return probe.type === 'engine' ? undefined : apiFault
}

function isAbsence(reason: string): boolean {
  return /does not exist|not found/.test(reason)
}

function jsonResult(value: Json): LookResult {
  if (typeof value === 'string') return textResult(value)
  return {text: `${JSON.stringify(scrubObject(value), undefined, 2)}\n`}
}

function textResult(text: string): LookResult {
  const safe = hideSecrets(text)
  if (safe.length <= mostText) return {text: `${safe === '' ? '# it printed nothing' : safe}\n`}
  return {text: `# the beginning is cut off\n${safe.slice(-mostText)}\n`, cut: true}
}

/** What runtimes and shells say of a program that is not in the image. */
function programIsMissing(stderr: string): boolean {
  return /executable file (?:`[^`]*` )?not found|not found in \$PATH|no such file or directory: unknown/.test(stderr)
}

function lastLine(text: string): string {
  return hideSecrets(text).trim().split('\n').at(-1) ?? ''
}
