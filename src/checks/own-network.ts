import type {KubernetesObject} from '../steps/object.ts'
import {type CniConfig, type CniPlugin, networkAttachmentDefinition} from '../templates/nad.ts'
import type {Stage} from './check.ts'

/** A network that a check makes for itself. */
export interface OwnNetwork {
  readonly name: string
  /** Addresses for its pods, from 198.18.0.0/15, which is set aside for tests of networks (RFC 2544): first and last. */
  readonly range: readonly [string, string]
  /** Whether pods may ask for an address. */
  readonly takesIps?: boolean
  readonly chain?: readonly CniPlugin[]
}

/** Name of a network of a check's own: also that of the folder in which host-local counts, so nobody else may have it. */
export function ownNetworkName(name: string): string {
  return `k8s-local-verify-${name}`
}

/**
 * A network that every node can have and that leaves no interface on it: point to point, with addresses that host-local counts on the node's tmpfs
 * (a bridge would stay; plugins v1.9.1, bridge.go). Both plugins come with kind's own node image.
 */
export function ownNetwork(
  {name, range: [first, last], takesIps = false, chain = []}: OwnNetwork,
  stage: Pick<Stage, 'namespace'>,
): KubernetesObject {
  const subnet = first.replace(/\.\d+$/, '.0/24')
  const main = {
    type: 'ptp',
    ...(takesIps && {capabilities: {ips: true}}),
    ipam: {
      type: 'host-local',
      ranges: [[{subnet, rangeStart: first, rangeEnd: last}]],
      dataDir: '/run/cni/networks',
    },
  }
  const plugins = [main, ...chain.map(({plugin, capabilities}) => ({...plugin, capabilities}))]
  const head = {cniVersion: '0.3.1', name: ownNetworkName(name)}
  return ownDefinition(name, chain.length === 0 ? {...head, ...main} : {...head, plugins}, stage)
}

/** A NetworkAttachmentDefinition of a check's own, whatever its configuration. */
export function ownDefinition(
  name: string,
  config: CniConfig,
  {namespace}: Pick<Stage, 'namespace'>,
): KubernetesObject {
  return networkAttachmentDefinition(
    {name: ownNetworkName(name), namespace, description: 'Made by k8s-local verify, and removed with its namespace'},
    config,
  )
}
