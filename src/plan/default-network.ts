import {type NetworkConfig, parseNetworkConfig} from '../checks/network-config.ts'
import type {DefaultNetworkSpec} from '../spec/pod-spec.ts'
import {networkOf, wrong} from './attachment-site.ts'
import type {TargetFacts} from './facts.ts'
import type {PreflightFinding} from './preflight-finding.ts'

/** Where Multus looks for a default network that names no namespace (`multusNamespace`, multus v4.3.0 pkg/types/conf.go). */
const lookedUpIn = 'kube-system'

/** The annotation's value: always with the namespace, for nobody expects the one that Multus takes. */
export function defaultNetworkText({namespace = lookedUpIn, network}: DefaultNetworkSpec): string {
  return `${namespace}/${network}`
}

/** What would keep a pod with this default network from starting. */
export function defaultNetworkFindings(
  spec: DefaultNetworkSpec,
  facts: Pick<TargetFacts, 'networks'>,
): readonly PreflightFinding[] {
  const reference = defaultNetworkText(spec)
  const config = configOf(spec, facts)
  if (config === undefined) return [notFound(spec, reference, facts)]
  if ('fault' in config)
    return [wrong('--default-network', `the configuration of ${reference} cannot be read: ${config.fault}`)]
  if (config.ipam === undefined)
    return [
      wrong('--default-network', `${reference} gives no addresses, and Kubernetes starts no pod without one on eth0`),
    ]
  if (config.ipam === 'static' && config.pools.length === 0)
    return [
      wrong(
        '--default-network',
        `the pods of ${reference} bring their own addresses, and none can be asked for on eth0`,
        'use a network whose IPAM hands out addresses',
      ),
    ]
  return []
}

/** What the user gives up by it. */
export function defaultNetworkNotes(
  spec: DefaultNetworkSpec | undefined,
  facts: Pick<TargetFacts, 'networks'>,
): readonly string[] {
  if (spec === undefined) return []
  const config = configOf(spec, facts)
  const way =
    config && !('fault' in config) && config.givesDefaultRoute
      ? ''
      : '; it gives no default route, so the pod reaches that network only, and neither services nor DNS'
  return [`eth0 is on ${defaultNetworkText(spec)} instead of the cluster network${way}`]
}

function configOf(
  {namespace = lookedUpIn, network}: DefaultNetworkSpec,
  facts: Pick<TargetFacts, 'networks'>,
): NetworkConfig | {readonly fault: string} | undefined {
  const found = networkOf({network}, {namespace}, facts)
  return found && parseNetworkConfig(found.config === '' ? (Object.values(found.nodeConfigs)[0] ?? '') : found.config)
}

function notFound(
  {namespace, network}: DefaultNetworkSpec,
  reference: string,
  {networks}: Pick<TargetFacts, 'networks'>,
): PreflightFinding {
  const elsewhere = networks.find(({name}) => name === network)
  const why =
    namespace === undefined ? `: Multus looks for a default network in ${lookedUpIn}, not in the pod's namespace` : ''
  return wrong(
    '--default-network',
    `there is no network ${reference}${why}`,
    elsewhere
      ? `--default-network ${elsewhere.namespace}/${network}`
      : `k8s-local net add bridge ${network} --namespace ${namespace ?? lookedUpIn}`,
  )
}
