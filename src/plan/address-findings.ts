import {mayHandOut, parseNetworkConfig} from '../checks/network-config.ts'
import {addressText} from '../spec/cidr.ts'
import {configsOf, type FoundAttachment, type PodSite, wrong} from './attachment-site.ts'
import type {TargetFacts, TargetNetwork} from './facts.ts'
import type {PreflightFinding} from './preflight-finding.ts'

/** What is wrong with the address that is asked for, or with asking for none. */
export function addressFindings(
  found: FoundAttachment,
  site: PodSite,
  facts: TargetFacts,
): readonly PreflightFinding[] {
  const {ip} = found.attachment
  return ip === undefined ? withoutAddress(found) : withAddress({...found, ip}, site, facts)
}

/** The node whose slice an address is in. */
export function ownerOf(ip: string, {nodeConfigs}: TargetNetwork): string | undefined {
  const found = Object.entries(nodeConfigs).find(([, text]) => {
    const config = parseNetworkConfig(text)
    return !('fault' in config) && mayHandOut(config, hostOf(ip))
  })
  return found?.[0]
}

function withoutAddress({config: {ipam, pools}, reference}: FoundAttachment): readonly PreflightFinding[] {
  if (ipam !== 'static' || pools.length > 0) return []
  return [
    wrong(
      '--ip',
      `the pods of ${reference} bring their own addresses, and none is asked for`,
      `--ip ${reference.split('/')[1]}=ADDRESS/PREFIX`,
    ),
  ]
}

function withAddress(
  {ip, reference, network, config}: FoundAttachment & {readonly ip: string},
  {node}: PodSite,
  facts: TargetFacts,
): readonly PreflightFinding[] {
  const address = hostOf(ip)
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
  // A request replaces the addresses of a static network (plugins v1.9.1 static/main.go): they are no range.
  const configs = config.ipam === 'static' ? [] : configsOf(network)
  if (configs.length > 0 && !configs.some((one) => mayHandOut(one, address)))
    return [wrong('--ip', `${address} is outside the range of ${reference}: ${rangesOf(network)}`)]
  const gateway = configs.flatMap(({pools}) => pools).find((pool) => pool.gateway === address)
  if (gateway) return [wrong('--ip', `${address} is the gateway of ${reference}`, 'ask for another address')]
  const owner = network.config === '' ? ownerOf(ip, network) : undefined
  if (node !== undefined && owner !== undefined && owner !== node)
    return [
      wrong('--ip', `${address} is in the slice of ${owner}, and the pod is to run on ${node}`, `--node ${owner}`),
    ]
  const holder = facts.pods.find((pod) =>
    pod.status.some(({name, ips}) => name === reference && ips?.includes(address)),
  )
  return holder ? [wrong('--ip', `${address} is the address of ${holder.namespace}/${holder.name}`)] : []
}

function rangesOf(network: TargetNetwork): string {
  return configsOf(network)
    .flatMap(({pools}) => pools.map(({span}) => `${addressText(span.first)}-${addressText(span.last)}`))
    .join(', ')
}

function hostOf(ip: string): string {
  return ip.split('/')[0] ?? ip
}
