import type {SceneNetwork} from './check.ts'
import {type NetworkConfig, parseNetworkConfig} from './network-config.ts'

/** The text of a network's configuration on each node; without those that have none. */
export function configsOn(
  network: Pick<SceneNetwork, 'config' | 'nodeConfigs'>,
  nodes: readonly string[],
): Readonly<Record<string, string>> {
  return network.config === ''
    ? (network.nodeConfigs ?? {})
    : Object.fromEntries(nodes.map((node) => [node, network.config]))
}

/** Its configuration on each node, where it can be read. */
export function readConfigsOn(
  network: Pick<SceneNetwork, 'config' | 'nodeConfigs'>,
  nodes: readonly string[],
): readonly ConfigOnNode[] {
  return Object.entries(configsOn(network, nodes)).flatMap(([node, text]) => {
    const config = parseNetworkConfig(text)
    return 'fault' in config ? [] : [{node, config}]
  })
}

export interface ConfigOnNode {
  readonly node: string
  readonly config: NetworkConfig
}
