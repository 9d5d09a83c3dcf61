import {type NetworkConfig, parseNetworkConfig} from '../checks/network-config.ts'
import type {AttachmentSpec} from '../spec/pod-spec.ts'
import type {TargetFacts, TargetNetwork} from './facts.ts'
import type {PreflightFinding} from './preflight-finding.ts'

/** Where pods are to attach: their namespace, and their node where it is fixed. */
export interface PodSite {
  readonly namespace: string
  readonly node?: string
}

/** One attachment and the network that it is of. */
export interface FoundAttachment {
  readonly attachment: AttachmentSpec
  /** `namespace/name`. */
  readonly reference: string
  readonly network: TargetNetwork
  /** Of the first node where each node has its own. */
  readonly config: NetworkConfig
}

/** The network of an attachment; in the pods' own namespace where none is named. */
export function networkOf(
  {namespace, network}: Pick<AttachmentSpec, 'namespace' | 'network'>,
  site: PodSite,
  {networks}: Pick<TargetFacts, 'networks'>,
): TargetNetwork | undefined {
  return networks.find((one) => one.name === network && one.namespace === (namespace ?? site.namespace))
}

/** Every configuration that can be read: one, or one of each node. */
export function configsOf(network: TargetNetwork): readonly NetworkConfig[] {
  const texts = network.config === '' ? Object.values(network.nodeConfigs) : [network.config]
  return texts.map(parseNetworkConfig).flatMap((config) => ('fault' in config ? [] : [config]))
}

export function wrong(at: string, message: string, fix?: string): PreflightFinding {
  return {problem: 'invalid-input', at, message, ...(fix === undefined ? {} : {fix})}
}
