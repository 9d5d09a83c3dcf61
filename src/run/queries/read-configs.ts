import {type NetworkConfig, parseNetworkConfig} from '../../checks/network-config.ts'
import type {TargetNetwork} from '../../plan/facts.ts'

type Read = NetworkConfig | {readonly fault: string}

/** What the configurations of one network say, each text read once. */
export interface ReadConfigs {
  /** That of the object, or those of the nodes; none where there is neither. */
  readonly all: readonly Read[]
  /** What counts on a node. */
  on(node: string): Read
}

/** A configuration in the object is the same on all nodes; without one each node has its own. */
export function readConfigs({config, nodeConfigs}: Pick<TargetNetwork, 'config' | 'nodeConfigs'>): ReadConfigs {
  if (config !== '') {
    const shared = parseNetworkConfig(config)
    return {all: [shared], on: () => shared}
  }
  const own = new Map(Object.entries(nodeConfigs).map(([node, text]) => [node, parseNetworkConfig(text)]))
  return {all: [...own.values()], on: (node) => own.get(node) ?? {fault: 'it is empty'}}
}
