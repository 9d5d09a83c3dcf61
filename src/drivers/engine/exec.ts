import type {Finished, RunOptions} from '../ports.ts'
import {type Docker, engineFailed} from './run-docker.ts'

/**
 * Runs a program in a container; `env` and `cwd` are those of the program. Its non-zero exit is a value (126 and 127: the
 * container has no such program), a container that is gone or does not run is engine-failed. An abort ends the docker command;
 * the program itself sees its input closed and no more (moby #9098).
 */
export async function execInContainer(
  docker: Docker,
  container: string,
  argv: readonly string[],
  options: RunOptions = {},
): Promise<Finished> {
  const {cwd, env, ...rest} = options
  const words = [
    'exec',
    ...(options.stdin === undefined ? [] : ['--interactive']),
    ...(cwd === undefined ? [] : ['--workdir', cwd]),
    ...Object.entries(env ?? {}).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
    container,
    ...argv,
  ]
  const finished = await docker.run(words, rest)
  if (finished.exitCode !== 0 && containerGone.test(finished.stderr))
    throw engineFailed(`run ${argv[0]} in ${container}`, words, finished)
  return finished
}

const containerGone =
  /^(?:Error response from daemon: |Error: )(?:No such container|Container \S+ is (?:not running|paused|restarting))/im
