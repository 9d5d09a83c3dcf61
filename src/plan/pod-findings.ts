import {mayHandOut, type NetworkConfig, parseNetworkConfig} from '../checks/network-config.ts'
import {addressText} from '../spec/cidr.ts'
import type {AttachmentSpec, TestPodSpec} from '../spec/pod-spec.ts'
import type {TargetFacts, TargetNetwork} from './facts.ts'
import type {PreflightFinding} from './preflight-finding.ts'

/** Everything about a test pod that would keep it from starting, or give it other addresses than it asks for. */
export function podFindings(spec: TestPodSpec, facts: TargetFacts): readonly PreflightFinding[] {
  return [
    ...namespaceFindings(spec, facts),
    ...nodeFindings(spec, facts),
    ...spec.attachments.flatMap((one) => attachmentFindings(one, spec, facts)),
  ]
}

/** The node that the pod must run on: as asked for, else the only one that can hand out the addresses asked for. */
export function placeOf(spec: TestPodSpec, facts: TargetFacts): string | undefined {
  if (spec.node !== undefined) return spec.node
  return spec.attachments.flatMap((attachment) => {
    const network = networkOf(attachment, spec, facts)
    const {ip} = attachment
    return network && ip !== undefined && network.config === '' ? (ownerOf(ip, network) ?? []) : []
  })[0]
}

function namespaceFindings({namespace}: TestPodSpec, {namespaces}: TargetFacts): readonly PreflightFinding[] {
  return namespaces.includes(namespace)
    ? []
    : [wrong('--namespace', `there is no namespace ${namespace}`, `kubectl create namespace ${namespace}`)]
}

function nodeFindings({node}: TestPodSpec, {nodes}: TargetFacts): readonly PreflightFinding[] {
  if (node === undefined) return []
  const found = nodes.find(({name}) => name === node)
  if (!found) return [wrong('--node', `there is no node ${node}: there are ${nodes.map(({name}) => name).join(', ')}`)]
  return found.ready ? [] : [wrong('--node', `the node ${node} is not Ready`, `kubectl describe node ${node}`)]
}

function attachmentFindings(
  attachment: AttachmentSpec,
  spec: TestPodSpec,
  facts: TargetFacts,
): readonly PreflightFinding[] {
  const network = networkOf(attachment, spec, facts)
  const reference = `${attachment.namespace ?? spec.namespace}/${attachment.network}`
  if (!network) {
    const elsewhere = facts.networks
      .filter(({name}) => name === attachment.network)
      .map(({namespace, name}) => `${namespace}/${name}`)
    const known = facts.networks.map(({namespace, name}) => `${namespace}/${name}`)
    const fix =
      elsewhere[0] === undefined ? `k8s-local net add macvlan ${attachment.network}` : `--network ${elsewhere[0]}`
    return [
      wrong(
        '--network',
        `there is no network ${reference}${known.length > 0 ? `: there are ${known.join(', ')}` : ''}`,
        fix,
      ),
    ]
  }
  const text = network.config === '' ? Object.values(network.nodeConfigs)[0] : network.config
  const config = parseNetworkConfig(text ?? '')
  if ('fault' in config)
    return [wrong('--network', `the configuration of ${reference} cannot be read: ${config.fault}`)]
  if (attachment.ip === undefined) return needsAddress(config, reference)
  return addressFindings({ip: attachment.ip, reference, network, config}, spec, facts)
}

function needsAddress({ipam, pools}: NetworkConfig, reference: string): readonly PreflightFinding[] {
  if (ipam !== 'static' || pools.length > 0) return []
  return [
    wrong(
      '--ip',
      `the pods of ${reference} bring their own addresses, and none is asked for`,
      `--ip ${reference.split('/')[1]}=ADDRESS/PREFIX`,
    ),
  ]
}

interface Request {
  readonly ip: string
  readonly reference: string
  readonly network: TargetNetwork
  readonly config: NetworkConfig
}

function addressFindings(
  {ip, reference, network, config}: Request,
  spec: TestPodSpec,
  facts: TargetFacts,
): readonly PreflightFinding[] {
  const address = ip.split('/')[0] ?? ip
  if (config.ipam === 'whereabouts') {
    // It would be given on top of the one from the pool, and recorded nowhere (whereabouts v0.9.4 pkg/config/config.go).
    return [
      wrong(
        '--ip',
        `whereabouts hands out the addresses of ${reference}, and takes no requests`,
        'leave --ip out, or make the network with --ipam host-local',
      ),
    ]
  }
  if (!config.takesIps)
    return [
      wrong(
        '--ip',
        `${reference} ignores requests for addresses, silently: its configuration lacks "capabilities": {"ips": true}`,
        'leave --ip out, or make the network with k8s-local net add',
      ),
    ]
  if (config.ipam === 'static' && !ip.includes('/'))
    return [
      wrong('--ip', `${address} needs its prefix length, for ${reference} has static addresses`, `--ip ${address}/24`),
    ]
  const configs = network.config === '' ? Object.values(network.nodeConfigs).map(parseNetworkConfig) : [config]
  const inside = configs.some((one) => !('fault' in one) && mayHandOut(one, address))
  if (!inside) return [wrong('--ip', `${address} is outside the range of ${reference}: ${rangesOf(configs)}`)]
  const owner = network.config === '' ? ownerOf(ip, network) : undefined
  if (spec.node !== undefined && owner !== undefined && owner !== spec.node)
    return [
      wrong('--ip', `${address} is in the slice of ${owner}, and the pod is to run on ${spec.node}`, `--node ${owner}`),
    ]
  const holder = facts.pods.find((pod) =>
    pod.status.some(({name, ips}) => name === reference && ips?.includes(address)),
  )
  return holder ? [wrong('--ip', `${address} is the address of ${holder.namespace}/${holder.name}`)] : []
}

/** The node whose slice an address is in. */
function ownerOf(ip: string, {nodeConfigs}: TargetNetwork): string | undefined {
  const address = ip.split('/')[0] ?? ip
  const found = Object.entries(nodeConfigs).find(([, text]) => {
    const config = parseNetworkConfig(text)
    return !('fault' in config) && mayHandOut(config, address)
  })
  return found?.[0]
}

function networkOf(
  {namespace, network}: AttachmentSpec,
  spec: TestPodSpec,
  {networks}: TargetFacts,
): TargetNetwork | undefined {
  return networks.find((one) => one.name === network && one.namespace === (namespace ?? spec.namespace))
}

function rangesOf(configs: readonly ReturnType<typeof parseNetworkConfig>[]): string {
  return configs
    .flatMap((config) =>
      'fault' in config ? [] : config.pools.map(({span}) => `${addressText(span.first)}-${addressText(span.last)}`),
    )
    .join(', ')
}

function wrong(at: string, message: string, fix?: string): PreflightFinding {
  return {problem: 'invalid-input', at, message, ...(fix === undefined ? {} : {fix})}
}
