import {Problem} from '../../problem.ts'

/** A member of an object of unknown shape; undefined where there is none. */
export function member(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((at, key) => (isRecord(at) ? at[key] : undefined), value)
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** Only the members that are text. */
export function texts(value: unknown): Readonly<Record<string, string>> {
  return isRecord(value)
    ? Object.fromEntries(
        Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
      )
    : {}
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What docker printed as JSON. Throws engine-failed when it is none: then `docker` is not Docker's command line. */
export function parseAnswer(what: string, answer: string): unknown {
  try {
    return JSON.parse(answer)
  } catch {
    throw new Problem('engine-failed', {
      message: `The container engine gave an answer about ${what} that is not JSON`,
      cause: answer.slice(0, 400),
      suggestions: ['Check that docker is Docker itself: docker version'],
    })
  }
}
