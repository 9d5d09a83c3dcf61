import type {Evidence, Seen, Verdict} from '../steps/check-request.ts'
import type {Json} from '../steps/object.ts'

/** Text of a program that ended well, a JSON answer, or the reason why there is none. */
export type Looked<T> = {readonly value: T} | {readonly missing: string}

/** What a program printed. One that ended badly is missing, unless `anyExit` says that its text counts all the same. */
export function textOf(evidence: Evidence, key: string, options: {readonly anyExit?: boolean} = {}): Looked<string> {
  const seen = evidence[key]
  if (seen?.type !== 'text') return {missing: reasonOf(seen, key)}
  if (seen.exitCode === 0 || options.anyExit === true) return {value: seen.stdout}
  // What timeout(1) ends with: looks are given less time than the whole check.
  if (seen.exitCode === 124) return {missing: `${key} did not end in time`}
  return {missing: lastLine(seen.stderr) || lastLine(seen.stdout) || `${key} ended with exit code ${seen.exitCode}`}
}

export function jsonOf(evidence: Evidence, key: string): Looked<Json> {
  const seen = evidence[key]
  return seen?.type === 'json' ? {value: seen.value} : {missing: reasonOf(seen, key)}
}

export function pingOf(evidence: Evidence, key: string): Looked<Extract<Seen, {type: 'ping'}>> {
  const seen = evidence[key]
  return seen?.type === 'ping' ? {value: seen} : {missing: reasonOf(seen, key)}
}

/** Whether the API answered that there is no such thing (run/gather's words). */
export function isAbsent(looked: Looked<unknown>): boolean {
  return 'missing' in looked && looked.missing.endsWith(' does not exist')
}

/** The verdict of a look that did not succeed: the check could not be made, which is not the same as a failed check. */
export function couldNotLook(what: string, looked: {readonly missing: string}): Verdict {
  return {status: 'error', summary: `could not look at ${what}: ${looked.missing}`}
}

function reasonOf(seen: Seen | undefined, key: string): string {
  if (seen?.type === 'failed') return seen.reason
  return `nothing was seen of ${key}`
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? ''
}
