import type {ExitKind} from './exit-kind.ts'
import {type ProblemName, problems} from './problem-list.ts'

/** Everything a person or a program needs to know of one expected failure; the `error` member of every `--json` document. */
export interface ProblemData {
  readonly name: ProblemName
  /** Stable across releases: scripts may match it. */
  readonly code: string
  /** What failed, one sentence. */
  readonly message: string
  /** The evidence: the last lines a tool printed, the values that clash. May have several lines. */
  readonly cause?: string
  /** What to do, most likely first; a command where one exists. */
  readonly suggestions: readonly string[]
  /** All findings, where one failure has several. */
  readonly findings?: readonly Finding[]
  /** Path of a file that holds the whole story. */
  readonly log?: string
}

/** One of several things found wrong at once. */
export interface Finding {
  /** Where: a flag, a file key, a resource. */
  readonly at: string
  readonly message: string
  readonly fix?: string
}

/** An expected failure. Everything else that is thrown is a bug of ours and is reported as one. */
export class Problem extends Error {
  readonly data: ProblemData

  constructor(
    name: ProblemName,
    data: Omit<ProblemData, 'name' | 'code' | 'suggestions'> & {suggestions?: readonly string[]},
  ) {
    super(data.message)
    this.name = 'Problem'
    this.data = {name, code: problems[name].code, suggestions: [], ...data}
  }

  /** The class of exit code that this failure ends the program with. */
  get exit(): ExitKind {
    return problems[this.data.name].exit
  }
}

/** The failure as data: a Problem's own, or `internal-error` with the stack as evidence, for that is a bug of ours. */
export function toProblemData(error: unknown): ProblemData {
  if (error instanceof Problem) return error.data
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return {
    name: 'internal-error',
    code: problems['internal-error'].code,
    message: 'k8s-local hit an unexpected error: this is a bug in k8s-local',
    cause: stack,
    suggestions: ['Report it with the text above and the output of: k8s-local --version'],
  }
}
