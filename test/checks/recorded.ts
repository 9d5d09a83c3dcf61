import {readFileSync} from 'node:fs'
import {type CheckName, checkNamed} from '../../src/checks/index.ts'
import type {Evidence, Seen, Verdict} from '../../src/steps/check-request.ts'
import type {Json} from '../../src/steps/object.ts'

/** What was seen on a real cluster for one check, or a variant of it made by hand; `about` says which. */
export interface Recorded {
  readonly about: string
  readonly subject: Json
  readonly evidence: Evidence
}

export function recorded(check: CheckName, name: string): Recorded {
  return readEvidence(`${check}/${name}.json`) as Recorded
}

export function readEvidence(path: string): unknown {
  return JSON.parse(readFileSync(new URL(`../evidence/${path}`, import.meta.url), 'utf8'))
}

/** The verdict on what was recorded, with some of it replaced. */
export function judge(
  check: CheckName,
  name: string,
  other: {readonly subject?: Readonly<Record<string, Json>>; readonly evidence?: Evidence} = {},
): Verdict {
  const {subject, evidence} = recorded(check, name)
  const chosen = checkNamed(check)
  if (!chosen) throw new Error(`no check ${check}`)
  return chosen.judge(
    {...evidence, ...other.evidence},
    {...(subject as Readonly<Record<string, Json>>), ...other.subject},
  )
}

export function text(stdout: string, exitCode = 0, stderr = ''): Seen {
  return {type: 'text', exitCode, stdout, stderr}
}

export function json(value: unknown): Seen {
  return {type: 'json', value: value as Json}
}

export const unseen: Seen = {type: 'failed', reason: 'no answer within 10 s'}

/** What was recorded under a key, as JSON that can be changed. */
export function valueOf(check: CheckName, name: string, key: string): Record<string, never> {
  const seen = recorded(check, name).evidence[key]
  if (seen?.type !== 'json') throw new Error(`${check}/${name} has no JSON ${key}`)
  return structuredClone(seen.value) as unknown as Record<string, never>
}

/** The text recorded under a key. */
export function textOf(check: CheckName, name: string, key: string): string {
  const seen = recorded(check, name).evidence[key]
  if (seen?.type !== 'text') throw new Error(`${check}/${name} has no text ${key}`)
  return seen.stdout
}
