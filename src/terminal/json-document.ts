import {exitCodes} from '../exit-kind.ts'
import {problems} from '../problem-list.ts'
import type {ProblemData} from '../problem.ts'
import type {Outcome} from '../run/events.ts'

/** The text of the one document that `--json` prints. */
export function jsonText(document: unknown): string {
  return `${JSON.stringify(document, undefined, 2)}\n`
}

/** A failure before anything ran. A failed run has the same member `error` beside what it did (see outcomeDocument). */
export function errorDocument(problem: ProblemData): {readonly error: ProblemData & {readonly exitCode: number}} {
  return {error: {...problem, exitCode: exitCodeOf(problem)}}
}

/** How a run ended: the outcome, its problem under the name that every document uses. */
export function outcomeDocument({problem, ...outcome}: Outcome): unknown {
  return {...outcome, ...(problem ? errorDocument(problem) : {})}
}

export function exitCodeOf(problem: ProblemData): number {
  return exitCodes[problems[problem.name].exit]
}

export function exitCodeOfOutcome({status, problem}: Outcome): number {
  if (status === 'done' || status === 'already') return exitCodes.ok
  if (status === 'checks-failed' || status === 'checks-unjudged') return exitCodes[status]
  if (status === 'interrupted') return exitCodes.interrupted
  return problem ? exitCodeOf(problem) : exitCodes.bug
}
