import type {EngineContainer} from '../ports.ts'
import {isRecord, member, text, texts} from '../untyped.ts'
import {parseAnswer} from './parse-answer.ts'
import {type Docker, engineFailed} from './run-docker.ts'
import {thawContainers} from './thaw.ts'

/** Containers with a label (`key` or `key=value`), running or not, by name. */
export async function listContainers(
  docker: Docker,
  label: string,
  signal?: AbortSignal,
): Promise<readonly EngineContainer[]> {
  const options = signal ? {signal} : {}
  const list = ['ps', '--all', '--quiet', '--no-trunc', '--filter', `label=${label}`]
  const ids = (await docker.must('list its containers', list, options)).stdout.split('\n').filter((id) => id !== '')
  if (ids.length === 0) return []
  const inspected = await docker.run(['container', 'inspect', ...ids], options)
  // A container may go between the two calls; docker then names it on stderr and prints the others.
  if (inspected.exitCode !== 0 && !onlyGone(inspected.stderr))
    throw engineFailed('look at its containers', ['container', 'inspect'], inspected)
  const found = parseAnswer('its containers', inspected.stdout)
  return (Array.isArray(found) ? found : []).map(toContainer).toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

/** Attaches a container to a network under a fixed address, which survives restarts (moby keeps only requested addresses). */
export async function connectContainer(
  docker: Docker,
  {network, container, ip}: {readonly network: string; readonly container: string; readonly ip: string},
  signal?: AbortSignal,
): Promise<void> {
  await docker.must(
    `connect ${container} to network ${network}`,
    ['network', 'connect', '--ip', ip, network, container],
    signal ? {signal} : {},
  )
}

/** Removes containers with their anonymous volumes, running or not; those that are gone are fine. */
export async function removeContainers(docker: Docker, names: readonly string[]): Promise<void> {
  if (names.length === 0) return
  const words = ['rm', '--force', '--volumes', ...names]
  const first = await docker.run(words)
  const finished = (await thawedAfter(first.stderr)) ? await docker.run(words) : first
  if (finished.exitCode !== 0 && !onlyGone(finished.stderr)) throw engineFailed('remove containers', words, finished)
}

/** Whether the engine failed to kill containers because something in them was frozen, and that is over now. */
async function thawedAfter(stderr: string): Promise<boolean> {
  const ids = [...stderr.matchAll(/Could not kill running container ([0-9a-f]{64})/g)].map(([, id = '']) => id)
  return ids.length > 0 && (await thawContainers(ids))
}

/** Whether every complaint is that a thing is not there (any more). `docker network rm` adds "exit status 1" (docker/cli 28). */
export function onlyGone(stderr: string): boolean {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '' && !/^exit status \d+$/.test(line))
  return (
    lines.length > 0 &&
    lines.every((line) => /no such |not found|removal of container .* is already in progress/i.test(line))
  )
}

function toContainer(inspected: unknown): EngineContainer {
  const networks = member(inspected, 'NetworkSettings', 'Networks')
  const image = text(member(inspected, 'Image'))
  return {
    name: text(member(inspected, 'Name')).replace(/^\//, ''),
    state: text(member(inspected, 'State', 'Status')),
    labels: texts(member(inspected, 'Config', 'Labels')),
    ...(image !== '' && {image}),
    addresses: Object.fromEntries(
      Object.entries(isRecord(networks) ? networks : {}).map(([name, endpoint]) => [name, toAddress(endpoint)]),
    ),
  }
}

/** A stopped container has only the address that was asked for. */
function toAddress(endpoint: unknown): {readonly ip: string; readonly mac: string} {
  return {
    ip: text(member(endpoint, 'IPAddress')) || text(member(endpoint, 'IPAMConfig', 'IPv4Address')),
    mac: text(member(endpoint, 'MacAddress')),
  }
}
