import {Problem} from '../../problem.ts'
import {lastLines} from '../process/lines.ts'
import {redact} from '../../redact.ts'

/**
 * What a failed docker command says about the engine as a whole: that it is not there, not ours to use, or out of disk. Undefined
 * for a failure of the one thing that was asked. Texts: docker/cli 20.10 to 29, client/errors.go and moby's own errors.
 */
export function toEngineProblem({
  stdout,
  stderr,
}: {
  readonly stdout: string
  readonly stderr: string
}): Problem | undefined {
  const cause = redact(lastLines(stderr.trim() === '' ? stdout : stderr, 4))
  const known = failures.find(({pattern}) => pattern.test(stderr))
  return known && new Problem(known.name, {message: known.message, cause, suggestions: known.suggestions})
}

const failures = [
  {
    pattern: /permission denied while trying to connect|dial unix .*: connect: permission denied/i,
    name: 'engine-unreachable',
    message: 'The container engine refuses this user: no permission on its socket',
    suggestions: [
      'Add yourself to the group docker: sudo usermod -aG docker "$USER"',
      'Then log in anew, or run: newgrp docker',
    ],
  },
  {
    pattern:
      /cannot connect to the docker daemon|failed to connect to the docker api|error during connect|is the docker daemon running/i,
    name: 'engine-unreachable',
    message: 'The container engine does not answer',
    suggestions: [
      'Start it: open Docker Desktop, or run: sudo systemctl start docker',
      'If DOCKER_HOST or a docker context points elsewhere, check it with: docker context ls',
    ],
  },
  {
    pattern: /unable to resolve docker endpoint|context ".*" does not exist|current context ".*" is not found/i,
    name: 'engine-unreachable',
    message: 'The docker context that is in use does not exist',
    suggestions: ['Choose another: docker context use default'],
  },
  {
    pattern: /no space left on device|disk quota exceeded/i,
    name: 'disk-full',
    message: 'The container engine has no disk space left',
    suggestions: ['See what fills it: docker system df', 'Remove what nothing uses: docker system prune'],
  },
] as const
