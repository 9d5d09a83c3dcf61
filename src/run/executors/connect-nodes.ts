import type {EngineContainer} from '../../drivers/ports.ts'
import {Problem} from '../../problem.ts'
import type {Executor} from '../executor.ts'
import {inParallel} from '../in-parallel.ts'

/** Every node has its fixed address on the engine network. */
export const connectNodes: Executor<'connect-nodes'> = async (
  {network, addresses},
  {drivers: {engine}, signal, cluster, progress},
) => {
  const containers = new Map(
    (await engine.containers(`io.x-k8s.kind.cluster=${cluster}`, signal)).map((one) => [one.name, one]),
  )
  const all = Object.entries(addresses)
  const open = all.filter(([node, address]) => !isConnected(containers.get(node), network, address))
  let done = all.length - open.length
  await inParallel(open, async ([node, address]) => {
    await engine.connect(network, node, address, signal)
    done += 1
    progress(done, all.length, 'nodes')
  })
  return {already: open.length === 0}
}

/** Throws engine-network-conflict for a node that is on the network by another address: pods may be using it as their own. */
function isConnected(container: EngineContainer | undefined, network: string, address: string): boolean {
  const found = container?.addresses[network]
  if (!container || !found || found.ip === address) return found !== undefined
  throw new Problem('engine-network-conflict', {
    message: `Node ${container.name} is on ${network} with another address`,
    cause: `It has ${found.ip || 'none'}, asked for: ${address}`,
    suggestions: [`docker network disconnect ${network} ${container.name}, then run the same command again`],
  })
}
