import type {Verdict} from '../../steps/check-request.ts'
import {mayHandOut, parseNetworkConfig} from '../network-config.ts'
import type {NodeRehearsal, PodRehearsal, RouteSeen} from './seen-rehearsal.ts'

/** Whether each pod of a node got the interface, the addresses, the MTU and the routes that its configuration and its wishes say. */
export function judgeInside(node: NodeRehearsal): Verdict {
  const verdicts = node.pods.flatMap((pod) => faultsOf(pod, node))
  const worst =
    verdicts.find(({status}) => status === 'fail') ?? verdicts.find(({status}) => status === 'error') ?? verdicts[0]
  if (worst) return {...worst, evidence: [...new Set(verdicts.map(({summary}) => summary))]}
  return {status: 'pass', summary: [...new Set(node.pods.map(sayInside))].join('; ')}
}

function faultsOf({pod, inside}: PodRehearsal, {config: text}: NodeRehearsal): readonly Verdict[] {
  const config = parseNetworkConfig(text)
  if (!inside) return [{status: 'error', summary: `could not look into the namespace of ${pod.name}`}]
  if ('fault' in config) return []
  const {link, addresses} = inside
  if (!link) return [{status: 'fail', summary: `ADD ended well, and there is no ${pod.interface} in the pod`}]
  return [
    ...(link.up ? [] : [fail(`${pod.interface} is down`)]),
    ...(config.mtu === undefined || config.mtu === link.mtu
      ? []
      : [fail(`${pod.interface} has MTU ${link.mtu}, the configuration says ${config.mtu}`)]),
    ...(config.ipam !== undefined && addresses.length === 0
      ? [fail(`${pod.interface} has no address, though ${config.ipam} hands them out`)]
      : []),
    ...strangers(
      addresses,
      config.pools.length === 0 || pod.ip !== undefined ? () => true : (ip) => mayHandOut(config, ip),
    ),
    ...unmetWishes(pod, inside, config.takesIps),
    ...stolenRoute(pod.interface, inside),
  ]
}

function strangers(addresses: readonly string[], isOurs: (ip: string) => boolean): readonly Verdict[] {
  return addresses.filter((one) => !isOurs(bare(one))).map((one) => fail(`${one} is outside the range of the network`))
}

function unmetWishes(
  {ip, mac}: PodRehearsal['pod'],
  {addresses, link}: NonNullable<PodRehearsal['inside']>,
  takesIps: boolean,
): readonly Verdict[] {
  const lacksIp = ip !== undefined && !addresses.some((one) => bare(one) === bare(ip))
  const lacksMac = mac !== undefined && link?.mac !== mac.toLowerCase()
  return [
    ...(lacksIp
      ? [
          {
            ...fail(`asked for ${ip} and got ${addresses.join(' ') || 'nothing'}`),
            ...(!takesIps && {
              cause: 'the plugin does not declare the capability ips, so nobody told its IPAM of the wish',
              fix: 'add "capabilities": {"ips": true} to the plugin that has the "ipam"',
            }),
          },
        ]
      : []),
    ...(lacksMac
      ? [
          {
            ...fail(`asked for MAC ${mac} and got ${link?.mac ?? 'none'}`),
            fix: 'chain the plugin tuning with "capabilities": {"mac": true}',
          },
        ]
      : []),
  ]
}

function stolenRoute(name: string, {routes}: NonNullable<PodRehearsal['inside']>): readonly Verdict[] {
  const route = routes.find(({destination, table}) => destination === 'default' && table === undefined)
  if (!route) return []
  return [
    {
      status: 'warn',
      summary: `a default route leaves by ${name}${route.gateway === undefined ? '' : ` to ${route.gateway}`}`,
      cause: 'the pod then reaches services, DNS and the internet by this network, ahead of the primary one',
      fix: 'leave 0.0.0.0/0 out of "routes" and isDefaultGateway out of the plugin, or chain sbr',
    },
  ]
}

function sayInside({pod, inside}: PodRehearsal): string {
  const routes = inside?.routes.map(routeText) ?? []
  return `${pod.interface} MTU ${inside?.link?.mtu}, routes ${routes.join(', ') || 'none'}`
}

/** `default via 172.30.0.1 in table 100`. */
export function routeText({destination, gateway, table}: RouteSeen): string {
  return [
    destination,
    ...(gateway === undefined ? [] : ['via', gateway]),
    ...(table === undefined ? [] : ['in table', table]),
  ].join(' ')
}

function bare(address: string): string {
  return address.split('/')[0] ?? ''
}

function fail(summary: string): Verdict {
  return {status: 'fail', summary}
}
