import type {EngineContainer} from '../../drivers/ports.ts'
import {Problem} from '../../problem.ts'
import type {Executor, StepContext} from '../executor.ts'
import {inParallel} from '../in-parallel.ts'
import {nodeInterfaces} from '../node-interfaces.ts'

/** Every node has its fixed address on the engine network, on a NIC of the name that networks of the same plan give as their master. */
export const connectNodes: Executor<'connect-nodes'> = async ({network, addresses, interface: wanted}, context) => {
  const {
    drivers: {engine},
    signal,
    cluster,
    progress,
  } = context
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
  if (wanted !== undefined)
    await inParallel(all, ([node, address]) => requireName(wanted, {network, node, address}, context))
  return {already: open.length === 0}
}

/** Throws engine-network-conflict when the NIC with this address has another name. */
async function requireName(
  wanted: string,
  {network, node, address}: {readonly network: string; readonly node: string; readonly address: string},
  context: StepContext,
): Promise<void> {
  const interfaces = await nodeInterfaces(context, node)
  const found = interfaces.find(({addresses}) => addresses.includes(address))?.name
  if (found === wanted) return
  throw new Problem('engine-network-conflict', {
    message: `The NIC of node ${node} on ${network} is ${found ?? 'missing'}, not ${wanted}`,
    cause: `${address} is on: ${found ?? 'none'}; the node has ${interfaces.map(({name}) => name).join(', ') || 'no interfaces'}`,
    suggestions: [
      `k8s-local delete ${context.cluster} --yes, then create it anew: every node then gets its NICs in the same order`,
    ],
  })
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
