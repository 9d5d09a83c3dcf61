import {Problem} from '../../problem.ts'

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
