import {contains, parseAddress} from '../spec/cidr.ts'
import {configsOf, type FoundAttachment, wrong} from './attachment-site.ts'
import type {TargetFacts} from './facts.ts'
import type {PreflightFinding} from './preflight-finding.ts'

/** What is wrong with the MAC address, bandwidth, ports and default route that are asked of a network. */
export function optionFindings(found: FoundAttachment, facts: TargetFacts): readonly PreflightFinding[] {
  return [...macFindings(found, facts), ...bandwidthFindings(found), ...portFindings(found), ...routeFindings(found)]
}

/** They take a MAC address without any capability, by CNI_ARGS; the others have no code for it (plugins v1.9.1, sriov-cni v2.10.0). */
const takeMac: readonly string[] = ['macvlan', 'bridge', 'tuning', 'sriov']
/** Their pods have one end of a veth pair, which is what the plugin bandwidth shapes. */
const vethTypes: readonly string[] = ['bridge', 'ptp']

function macFindings(
  {attachment: {mac}, reference, config: {types, capabilities}}: FoundAttachment,
  {pods}: TargetFacts,
): readonly PreflightFinding[] {
  if (mac === undefined) return []
  if (!capabilities.includes('mac') && !types.some((type) => takeMac.includes(type)))
    return [
      wrong(
        '--mac',
        `${types[0]} sets no MAC address, and ${reference} has no plugin that does`,
        'leave --mac out, or chain the plugin tuning with "capabilities": {"mac": true}',
      ),
    ]
  const holder = pods.find(({status}) => status.some((one) => one.name === reference && one.mac?.toLowerCase() === mac))
  return holder ? [wrong('--mac', `${mac} is the MAC address of ${holder.namespace}/${holder.name}`)] : []
}

function bandwidthFindings({attachment, reference, config: {types, capabilities}}: FoundAttachment) {
  if (attachment.bandwidth === undefined) return []
  const [main = ''] = types
  if (!vethTypes.includes(main))
    return [
      wrong(
        '--bandwidth',
        `the plugin bandwidth shapes veth pairs only, and ${reference} is ${main}`,
        'leave --bandwidth out, or use a bridge network',
      ),
    ]
  return lacksCapability({at: '--bandwidth', plugin: 'bandwidth', capability: 'bandwidth'}, reference, capabilities)
}

function portFindings({attachment, reference, config: {types, capabilities}}: FoundAttachment) {
  if (attachment.portMappings === undefined) return []
  const [main = ''] = types
  if (!vethTypes.includes(main))
    return [
      wrong(
        '--port-map',
        `a node cannot reach its own pods on ${main}, so no port of it can lead to ${reference}`,
        'leave --port-map out, or use a bridge network',
      ),
    ]
  return lacksCapability({at: '--port-map', plugin: 'portmap', capability: 'portMappings'}, reference, capabilities)
}

function lacksCapability(
  {at, plugin, capability}: {readonly at: string; readonly plugin: string; readonly capability: string},
  reference: string,
  capabilities: readonly string[],
): readonly PreflightFinding[] {
  if (capabilities.includes(capability)) return []
  return [
    wrong(
      at,
      `${reference} ignores it, silently: no plugin of its configuration declares "capabilities": {"${capability}": true}`,
      `leave ${at} out, or chain the plugin ${plugin} with that capability`,
    ),
  ]
}

function routeFindings({attachment, reference, network}: FoundAttachment): readonly PreflightFinding[] {
  const gateway = parseAddress(attachment.defaultRoute ?? '')
  if (gateway === undefined) return []
  if (attachment.ip?.split('/')[0] === attachment.defaultRoute)
    return [wrong('--default-route', `${attachment.defaultRoute} is the pod's own address`)]
  const pools = configsOf(network).flatMap((config) => config.pools)
  const subnets = [...new Set(pools.map(({subnet}) => subnet))]
  if (subnets.length === 0 || subnets.some((subnet) => contains(subnet, gateway))) return []
  return [
    wrong(
      '--default-route',
      `${attachment.defaultRoute} is in no subnet of ${reference}, so the pod cannot reach it`,
      'name a gateway inside the subnet: k8s-local net list shows it',
    ),
  ]
}
