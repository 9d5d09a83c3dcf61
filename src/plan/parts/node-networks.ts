import type {Step, StepId} from '../../steps/step.ts'
import {nothing, type Part} from '../part.ts'
import {namesOf, type ResolvedCluster, type ResolvedNodeNetwork} from '../resolved-cluster.ts'
import {signs} from './kind-cluster.ts'

/**
 * An engine network for every extra network, and a NIC of it on every node. The networks are made at once; nodes are connected when kind has read
 * their addresses, one network after another, so that every node gets its NICs in the same order and under the same names.
 */
export function nodeNetworks(cluster: ResolvedCluster, after: readonly StepId[]): Part {
  if (cluster.networks.length === 0) return nothing
  const pin: Step = {
    id: 'pin-node-addresses',
    title: 'Keep each node its address over restarts',
    action: {
      type: 'pin-node-addresses',
      nodes: namesOf(cluster.nodes),
      subnets: cluster.networks.map(({subnet}) => subnet),
    },
    after: [signs.running],
  }
  const steps = cluster.networks.flatMap((network, index) => {
    const before = cluster.networks[index - 1]
    const previous = before ? [connectId(before)] : [pin.id, signs.configured]
    return [create(cluster.name, network, after), connect(network, [`engine-network:${network.network}`, ...previous])]
  })
  return {steps: [pin, ...steps], done: cluster.networks.map(connectId).slice(-1)}
}

function create(
  cluster: string,
  {network, name, subnet, nodeRange, labels}: ResolvedNodeNetwork,
  after: readonly StepId[],
): Step {
  return {
    id: `engine-network:${network}`,
    title: `Create the engine network ${name}, ${subnet}`,
    action: {type: 'create-engine-network', cluster, network: {name, subnet, nodeRange, labels}},
    after,
  }
}

function connect(network: ResolvedNodeNetwork, after: readonly StepId[]): Step {
  return {
    id: connectId(network),
    title: `Give every node a NIC on ${network.network}`,
    action: {type: 'connect-nodes', network: network.name, addresses: network.addresses, interface: network.interface},
    after,
  }
}

function connectId({network}: ResolvedNodeNetwork): StepId {
  return `connect:${network}`
}
