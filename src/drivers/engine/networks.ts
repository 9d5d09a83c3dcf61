import {Problem} from '../../problem.ts'
import type {EngineDriver, EngineNetwork} from '../ports.ts'
import {causeOf} from '../process/process-problem.ts'
import {onlyGone} from './containers.ts'
import {isRecord, member, text, texts} from '../untyped.ts'
import {parseAnswer} from './parse-answer.ts'
import {type Docker, engineFailed} from './run-docker.ts'

/** All networks of the engine, by name. */
export async function listNetworks(docker: Docker, signal?: AbortSignal): Promise<readonly EngineNetwork[]> {
  const options = signal ? {signal} : {}
  const ids = (await docker.must('list its networks', ['network', 'ls', '--quiet', '--no-trunc'], options)).stdout
    .split('\n')
    .filter((id) => id !== '')
  if (ids.length === 0) return []
  const inspected = await docker.run(['network', 'inspect', ...ids], options)
  if (inspected.exitCode !== 0 && !onlyGone(inspected.stderr))
    throw engineFailed('look at its networks', ['network', 'inspect'], inspected)
  const found = parseAnswer('its networks', inspected.stdout)
  return (Array.isArray(found) ? found : []).map(toNetwork).toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

/** A bridge without a way out. Throws engine-network-conflict when the name or the subnet is taken. */
export async function createNetwork(
  docker: Docker,
  network: Parameters<EngineDriver['createNetwork']>[0],
  signal?: AbortSignal,
): Promise<void> {
  const labels = Object.entries(network.labels).flatMap(([key, value]) => ['--label', `${key}=${value}`])
  const shape = ['--driver', 'bridge', '--internal', '--subnet', network.subnet, '--ip-range', network.nodeRange]
  const words = ['network', 'create', ...shape, ...labels, network.name]
  const finished = await docker.run(words, signal ? {signal} : {})
  if (finished.exitCode === 0) return
  if (/already exists|pool overlaps|address space/i.test(finished.stderr)) {
    throw new Problem('engine-network-conflict', {
      message: `The engine network ${network.name} (${network.subnet}) clashes with one that exists`,
      ...causeOf(finished),
      suggestions: ['See the networks: docker network ls', 'Choose another subnet: --network NAME=CIDR'],
    })
  }
  throw engineFailed(`create the network ${network.name}`, words, finished)
}

/** Removes a network; one that is gone is fine. */
export async function removeNetwork(docker: Docker, name: string): Promise<void> {
  const words = ['network', 'rm', name]
  const finished = await docker.run(words)
  if (finished.exitCode !== 0 && !onlyGone(finished.stderr))
    throw engineFailed(`remove the network ${name}`, words, finished)
}

function toNetwork(inspected: unknown): EngineNetwork {
  const pools = member(inspected, 'IPAM', 'Config')
  const containers = member(inspected, 'Containers')
  return {
    name: text(member(inspected, 'Name')),
    subnets: (Array.isArray(pools) ? pools : [])
      .map((pool) => text(member(pool, 'Subnet')))
      .filter((subnet) => subnet !== ''),
    labels: texts(member(inspected, 'Labels')),
    internal: member(inspected, 'Internal') === true,
    containers: Object.values(isRecord(containers) ? containers : {}).map((container) =>
      text(member(container, 'Name')),
    ),
  }
}
