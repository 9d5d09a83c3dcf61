import type {EngineImage} from '../ports.ts'
import {member, text, texts} from '../untyped.ts'
import {onlyGone} from './containers.ts'
import {parseAnswer} from './parse-answer.ts'
import {type Docker, engineFailed} from './run-docker.ts'

/** Images that fit at least one of the filters, as `docker image ls --filter` takes them; each once, by id. */
export async function listImages(
  docker: Docker,
  filters: readonly string[],
  signal?: AbortSignal,
): Promise<readonly EngineImage[]> {
  const options = signal ? {signal} : {}
  const lists = await Promise.all(
    filters.map((filter) =>
      docker.must('list its images', ['image', 'ls', '--quiet', '--no-trunc', '--filter', filter], options),
    ),
  )
  const ids = lists.flatMap(({stdout}) => stdout.split('\n').filter((id) => id !== ''))
  if (ids.length === 0) return []
  return await inspectImages(docker, [...new Set(ids)].toSorted(), options)
}

/** Images by reference or id; those that are gone are left out. */
export async function inspectImages(
  docker: Docker,
  names: readonly string[],
  options: {readonly signal?: AbortSignal},
): Promise<readonly EngineImage[]> {
  const words = ['image', 'inspect', '--format', '{{json .}}', ...names]
  const inspected = await docker.run(words, options)
  if (inspected.exitCode !== 0 && !onlyGone(inspected.stderr))
    throw engineFailed('look at its images', words, inspected)
  const lines = inspected.stdout.split('\n').filter((line) => line.trim().startsWith('{'))
  return lines.map((line) => toImage(parseAnswer('its images', line)))
}

/** Removes images by name or id; those that are gone are fine. An image with another name stays under that one. */
export async function removeImages(docker: Docker, names: readonly string[]): Promise<void> {
  if (names.length === 0) return
  const words = ['image', 'rm', ...names]
  const finished = await docker.run(words)
  if (finished.exitCode !== 0 && !onlyGone(finished.stderr)) throw engineFailed('remove images', words, finished)
}

function toImage(inspected: unknown): EngineImage {
  return {
    id: text(member(inspected, 'Id')),
    references: textsOf(member(inspected, 'RepoTags')),
    labels: texts(member(inspected, 'Config', 'Labels')),
    size: Number(member(inspected, 'Size') ?? 0),
    created: text(member(inspected, 'Created')),
    entrypoint: textsOf(member(inspected, 'Config', 'Entrypoint')),
    command: textsOf(member(inspected, 'Config', 'Cmd')),
  }
}

function textsOf(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : []).map(text)
}
