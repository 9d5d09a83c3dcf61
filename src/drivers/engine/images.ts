import {Problem} from '../../problem.ts'
import {causeOf} from '../process/process-problem.ts'
import type {ReadableStreamLike} from '../streams.ts'
import {onlyGone} from './containers.ts'
import {member, text} from '../untyped.ts'
import {parseAnswer} from './parse-answer.ts'
import {type Docker, engineFailed} from './run-docker.ts'

/** The id of an image that the engine holds: the digest of its configuration, or of its manifest with the containerd image store. */
export async function imageId(docker: Docker, reference: string, signal?: AbortSignal): Promise<string | undefined> {
  const words = ['image', 'inspect', '--format', '{{.Id}}', reference]
  const finished = await docker.run(words, signal ? {signal} : {})
  if (finished.exitCode === 0) return finished.stdout.trim()
  if (onlyGone(finished.stderr)) return undefined
  throw engineFailed(`look for the image ${reference}`, words, finished)
}

/** Throws image-pull-failed with what the registry said. */
export async function pullImage(
  docker: Docker,
  reference: string,
  {signal, onLine}: {readonly signal?: AbortSignal; readonly onLine?: (line: string) => void},
): Promise<void> {
  const finished = await docker.run(['pull', reference], {
    ...(signal ? {signal} : {}),
    ...(onLine ? {onLine: (line: string) => onLine(line)} : {}),
  })
  if (finished.exitCode === 0) return
  const known = pullFailures.find(({pattern}) => pattern.test(finished.stderr))
  throw new Problem('image-pull-failed', {
    message: `The image ${reference} cannot be pulled${known ? `: ${known.because}` : ''}`,
    ...causeOf(finished),
    suggestions: [
      ...(known ? [known.fix] : []),
      `Try it by hand: docker pull ${reference}`,
      'Work without a registry: --bundle DIR',
    ],
  })
}

export async function tagImage(docker: Docker, source: string, target: string): Promise<void> {
  await docker.must(`tag ${source} as ${target}`, ['tag', source, target])
}

/** Loads a tar file of images (absolute path). */
export async function loadImages(docker: Docker, file: string, signal?: AbortSignal): Promise<void> {
  await docker.must(`load the images of ${file}`, ['load', '--quiet', '--input', file], signal ? {signal} : {})
}

/**
 * A tar of images as bytes, of the engine's own platform only: with the containerd image store a multi-platform image is saved
 * with an index whose other blobs are missing (kind #3795). `--platform` needs API 1.48 on both sides, Docker 28.
 */
export async function* saveImages(
  docker: Docker,
  references: readonly string[],
  signal?: AbortSignal,
): ReadableStreamLike & AsyncGenerator<Uint8Array> {
  const what = `save ${references.join(', ')}`
  const answer = await docker.must('say its version', ['version', '--format', '{{json .}}'], signal ? {signal} : {})
  const version = parseAnswer('its version', answer.stdout)
  const platform = `${text(member(version, 'Server', 'Os'))}/${text(member(version, 'Server', 'Arch'))}`
  const apiVersion = text(member(version, 'Client', 'ApiVersion'))
  const only = isAtLeast(apiVersion, 48) ? ['--platform', platform] : []
  yield* docker.stream(what, ['image', 'save', ...only, ...references], signal)
}

const pullFailures = [
  {
    pattern: /toomanyrequests|rate limit/i,
    because: 'the registry limits how many may be pulled',
    fix: 'Log in to the registry: docker login',
  },
  {
    pattern: /manifest unknown|manifest for .* not found|not found: manifest/i,
    because: 'the registry does not have it',
    fix: 'Check the reference and its version',
  },
  {
    pattern: /unauthorized|access denied|pull access denied|403 forbidden/i,
    because: 'the registry refuses it',
    fix: 'Log in to the registry: docker login',
  },
  {
    pattern:
      /no such host|i\/o timeout|connection refused|network is unreachable|tls handshake timeout|server misbehaving|context deadline exceeded|client\.timeout exceeded/i,
    because: 'the registry cannot be reached',
    fix: 'Check the network and the proxy of the engine: docker info --format "{{.HTTPSProxy}}"',
  },
] as const

/** Whether an API version `1.N` is at least `1.minor`; the client shows the version that it agreed upon with the server. */
function isAtLeast(apiVersion: string, minor: number): boolean {
  const [major = '0', seen = '0'] = apiVersion.split('.')
  return Number(major) > 1 || (Number(major) === 1 && Number(seen) >= minor)
}
