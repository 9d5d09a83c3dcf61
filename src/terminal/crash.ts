import {toProblemData} from '../problem.ts'
import {errorDocument, exitCodeOf, jsonText} from './json-document.ts'
import {presentProblem} from './present-problem.ts'
import {makeStyle} from './style.ts'
import {processSurroundings, type Surroundings} from './surroundings.ts'

/** Prints what went wrong outside any command (an unknown one, a broken installation), and leaves its exit code. */
export function reportCrash(
  error: unknown,
  argv: readonly string[],
  surroundings: Surroundings = processSurroundings(),
): void {
  const problem = toProblemData(error)
  const {stdout, stderr, env} = surroundings
  surroundings.exitWith(exitCodeOf(problem))
  if (argv.includes('--json')) {
    stdout.write(jsonText(errorDocument(problem)))
    return
  }
  const style = makeStyle({isTTY: stderr.isTTY === true, env, refused: argv.includes('--no-color')})
  stderr.write(`${presentProblem(problem, {width: 80, style})}\n`)
}
