import {Problem} from '../../problem.ts'
import type {Executor} from '../executor.ts'

/** The engine network exists, is ours, and has the subnet that was asked for. */
export const createEngineNetwork: Executor<'create-engine-network'> = async (
  {cluster, network},
  {drivers: {engine}, signal},
) => {
  const existing = (await engine.networks(signal)).find(({name}) => name === network.name)
  if (!existing) {
    await engine.createNetwork(network, signal)
    return {already: false}
  }
  if (existing.labels['k8s-local.dev/cluster'] === cluster && existing.subnets.includes(network.subnet))
    return {already: true}
  throw new Problem('engine-network-conflict', {
    message: `An engine network ${network.name} exists that is not the one asked for`,
    cause: `It has ${existing.subnets.join(', ') || 'no subnet'} and belongs to ${existing.labels['k8s-local.dev/cluster'] ?? 'somebody else'}; asked for: ${network.subnet}`,
    suggestions: [`docker network inspect ${network.name}`, `docker network rm ${network.name}`],
  })
}
