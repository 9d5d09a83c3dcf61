import {basename, isAbsolute} from 'node:path'
import {Problem} from '../../problem.ts'
import type {Finished} from '../ports.ts'
import {lastLines} from './lines.ts'
import {redact} from '../../redact.ts'

/** The command as a person would type it: program by name, words quoted where needed, secrets hidden, cut after 160 characters. */
export function commandText(argv: readonly string[]): string {
  const [program = '', ...rest] = argv
  return shownWords([basename(program), ...rest])
}

/** The same for the words of a command as they are. */
export function shownWords(words: readonly string[]): string {
  const text = redact(words.map(quote).join(' '))
  return text.length > 160 ? `${text.slice(0, 157)}...` : text
}

export function programMissing(program: string, reason: string): Problem {
  return new Problem('program-missing', {
    message: isAbsolute(program)
      ? `The program ${program} cannot be run`
      : `The program ${program} was not found on PATH`,
    cause: redact(reason),
    suggestions: [`Install ${basename(program)}, and check with: command -v ${basename(program)}`],
  })
}

export function programFailed(argv: readonly string[], finished: Finished): Problem {
  const how =
    finished.signal === undefined ? `ended with exit code ${finished.exitCode}` : `was ended by ${finished.signal}`
  return new Problem('program-failed', {message: `${commandText(argv)} ${how}`, ...causeOf(finished)})
}

export function programTimedOut(argv: readonly string[], seconds: number, finished: Finished): Problem {
  return new Problem('wait-timeout', {
    message: `${commandText(argv)} did not end within ${seconds} s`,
    ...causeOf(finished),
    suggestions: ['Look at the load of the machine, then run the same command again'],
  })
}

export function programInterrupted(argv: readonly string[]): Problem {
  return new Problem('interrupted', {message: `Interrupted while ${commandText(argv)} ran`})
}

/** The last lines that a program printed, errors first choice, without secrets. */
export function causeOf({stdout, stderr}: Finished): {readonly cause?: string} {
  const cause = redact(lastLines(stderr.trim() === '' ? stdout : stderr))
  return cause === '' ? {} : {cause}
}

function quote(word: string): string {
  return /^[\w@%+=:,./{}-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}
