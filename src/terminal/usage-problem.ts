import {Problem, type ProblemData, toProblemData} from '../problem.ts'
import {nearestName} from '../spec/nearest-name.ts'

/** What a command accepts, for telling somebody who mistyped it. */
export interface Usage {
  /** As typed: `net add`. */
  readonly command: string
  readonly flags: readonly string[]
}

/** Any error as data: a Problem's own, what oclif's parser found wrong with the arguments as `bad-usage`, everything else as a bug of ours. */
export function problemOf(error: unknown, usage: Usage): ProblemData {
  return isParserError(error) ? usageProblem(error, usage).data : toProblemData(error)
}

/** An error of oclif's parser (@oclif/core 4.14, parser/errors): a CLIError, which carries `oclif`. The classes are not reachable by subpath. */
interface ParserError extends Error {
  /** NonExistentFlagsError. */
  readonly flags?: readonly string[]
  /** UnexpectedArgsError has texts, RequiredArgsError has definitions. */
  readonly args?: readonly (string | {readonly name: string; readonly description?: string})[]
}

function usageProblem({message, flags, args = []}: ParserError, {command, flags: known}: Usage): Problem {
  const help = `k8s-local ${command} --help`
  if (flags && flags.length > 0) {
    const guesses = flags.flatMap((flag) => nearestName(flag.replace(/^-+/, ''), known) ?? [])
    const hint = guesses.map((guess) => `Did you mean --${guess}?`)
    return new Problem('bad-usage', {
      message: `${command} has no flag ${flags.join(', ')}`,
      suggestions: [...hint, help],
    })
  }
  const missing = args.flatMap((arg) => (typeof arg === 'string' ? [] : [arg.name.toUpperCase()]))
  if (missing.length > 0) {
    return new Problem('missing-input', {
      message: `${command} needs ${missing.join(' and ')}`,
      suggestions: [`k8s-local ${[command, ...missing].join(' ')}`, help],
    })
  }
  const extra = args.filter((arg) => typeof arg === 'string')
  if (extra.length > 0) {
    return new Problem('bad-usage', {
      message: `${command} takes no argument ${extra.map((arg) => JSON.stringify(arg)).join(', ')}`,
      suggestions: [help],
    })
  }
  const first = message.split('\nSee more help')[0] ?? message
  return new Problem('bad-usage', {message: first.replaceAll(/\s*\n\s*/g, ' ').trim(), suggestions: [help]})
}

function isParserError(error: unknown): error is ParserError {
  return error instanceof Error && 'oclif' in error
}
