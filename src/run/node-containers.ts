import type {EngineContainer} from '../drivers/ports.ts'
import {Problem} from '../problem.ts'
import type {StepContext} from './executor.ts'

/** The containers of these nodes, running or not, by their address on kind's network. Throws engine-failed when one is gone. */
export async function nodeContainers(
  nodes: readonly string[],
  {drivers, signal, cluster}: Pick<StepContext, 'drivers' | 'signal' | 'cluster'>,
): Promise<readonly EngineContainer[]> {
  const all = await drivers.engine.containers(`io.x-k8s.kind.cluster=${cluster}`, signal)
  const gone = nodes.filter((node) => !all.some(({name}) => name === node))
  if (gone.length > 0) {
    throw new Problem('engine-failed', {
      message: `The container engine has no node ${gone.join(', ')} of the cluster ${cluster}`,
      cause: `It has: ${all.map(({name}) => name).join(', ') || 'none'}`,
      suggestions: [`k8s-local status ${cluster}`],
    })
  }
  return all
    .filter(({name}) => nodes.includes(name))
    .toSorted((a, b) => addressOf(a).localeCompare(addressOf(b), 'en', {numeric: true}))
}

function addressOf({addresses}: EngineContainer): string {
  return addresses['kind']?.ip ?? ''
}
