import {Problem} from '../../problem.ts'
import type {Finished, RunOptions} from '../ports.ts'
import {programFailed} from '../process/process-problem.ts'
import type {Processes} from '../process.ts'
import type {ReadableStreamLike} from '../streams.ts'
import {toEngineProblem} from './engine-problem.ts'

/** The docker command line. Throws engine-missing, engine-unreachable, disk-full, interrupted, wait-timeout. */
export interface Docker {
  /** A non-zero exit is a value, unless it says that the engine cannot be reached. */
  run(words: readonly string[], options?: RunOptions): Promise<Finished>
  /** A non-zero exit throws engine-failed; `what` is what was tried, as "cannot …" continues. */
  must(what: string, words: readonly string[], options?: RunOptions): Promise<Finished>
  stream(what: string, words: readonly string[], signal?: AbortSignal): ReadableStreamLike
}

/** Lines of advertisement that newer command lines add to errors. */
const quiet = {DOCKER_CLI_HINTS: 'false', DOCKER_SCAN_SUGGEST: 'false'}

export function createDocker(processes: Processes): Docker {
  const run = async (words: readonly string[], options: RunOptions = {}): Promise<Finished> => {
    const finished = await processes
      .run(['docker', ...words], {...options, env: {...options.env, ...quiet}})
      .catch(asEngineMissing)
    const problem = finished.exitCode === 0 ? undefined : toEngineProblem(finished)
    if (problem) throw problem
    return finished
  }
  return {
    run,
    must: async (what, words, options) => {
      const finished = await run(words, options)
      if (finished.exitCode !== 0) throw engineFailed(what, words, finished)
      return finished
    },
    stream: (what, words, signal) => streamDocker(processes, what, words, signal),
  }
}

/** What the engine said about something that it refused. */
export function engineFailed(what: string, words: readonly string[], finished: Finished): Problem {
  const {message, cause} = programFailed(['docker', ...words], finished).data
  return new Problem('engine-failed', {
    message: `The container engine cannot ${what}`,
    cause: [message, cause].filter((text) => text !== undefined).join('\n'),
  })
}

async function* streamDocker(
  processes: Processes,
  what: string,
  words: readonly string[],
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  try {
    yield* processes.stream(['docker', ...words], {env: quiet, ...(signal ? {signal} : {})})
  } catch (error) {
    if (!(error instanceof Problem) || error.data.name === 'interrupted') throw error
    if (error.data.name === 'program-missing') asEngineMissing(error)
    const text = error.data.cause ?? ''
    throw (
      toEngineProblem({stdout: '', stderr: text}) ?? engineFailed(what, words, {exitCode: 1, stdout: '', stderr: text})
    )
  }
}

function asEngineMissing(error: unknown): never {
  if (!(error instanceof Problem) || error.data.name !== 'program-missing') throw error
  throw new Problem('engine-missing', {
    message: 'No container engine was found: the program docker is not on PATH',
    ...(error.data.cause === undefined ? {} : {cause: error.data.cause}),
    suggestions: [
      'Install Docker Engine or Docker Desktop: https://docs.docker.com/engine/install/',
      'Check with: docker info',
    ],
  })
}
