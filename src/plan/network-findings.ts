import type {NetworkOption} from '../catalog/network/network-option.ts'
import {spanSize} from '../spec/address.ts'
import {cidrText, contains, parseAddress, parseCidr} from '../spec/cidr.ts'
import type {NetworkSpec} from '../spec/network-spec.ts'
import {sizeText} from './address-range.ts'
import type {IpamChoice} from './choose-ipam.ts'
import type {AddressPool} from './network-addresses.ts'
import type {Master} from './network-master.ts'
import type {NetworkSite} from './network-site.ts'
import type {PreflightFinding} from './preflight-finding.ts'
import {invalid} from './range-findings.ts'

/** An MTU that the master cannot carry. */
export function mtuFindings({options}: NetworkSpec, {nic}: Master): readonly PreflightFinding[] {
  const wanted = options?.['mtu']
  const most = nic?.mtu
  return typeof wanted === 'number' && most !== undefined && wanted > most
    ? [invalid('--mtu', `MTU ${wanted} is larger than that of the master, ${most}`, `use at most ${most}`)]
    : []
}

/** A bridge on the nodes and host-local's leases are named after the network alone, so a second network of the name would share them. */
export function twinFindings(
  spec: NetworkSpec,
  {networks}: NetworkSite,
  {option, ipam}: {readonly option: NetworkOption; readonly ipam: IpamChoice},
): readonly PreflightFinding[] {
  const twin = networks.find(({name, namespace}) => name === spec.name && namespace !== spec.namespace)
  if (!twin || (option.hasMaster !== false && ipam.name !== 'host-local')) return []
  return [
    invalid(
      'NAME',
      `namespace ${twin.namespace} has a network ${spec.name} too, and both would share bridge and leases on the nodes`,
      `choose another name, or attach to it as ${twin.namespace}/${twin.name}`,
    ),
  ]
}

/** Too few addresses for a slice on each node. */
export function roomFindings(
  pools: readonly AddressPool[],
  {sliced}: IpamChoice,
  {nodes}: NetworkSite,
): readonly PreflightFinding[] {
  const small = sliced ? pools.filter(({span}) => spanSize(span) < BigInt(nodes.length)) : []
  return small.map(({span, subnet}) =>
    invalid(
      '--range-start',
      `${sizeText(span)} of ${cidrText(subnet)} cannot be divided among ${nodes.length} nodes`,
      'widen the range, or use --ipam whereabouts',
    ),
  )
}

/** A route without a gateway leads to the network itself, where nobody answers for other subnets; the kernel refuses one that is not on it. */
export function routeFindings(
  {routes = [], gateways = []}: NetworkSpec,
  pools: readonly AddressPool[],
): readonly PreflightFinding[] {
  const known = [...gateways, ...pools.flatMap(({gateway}) => gateway ?? [])]
  return routes.flatMap(({to, gateway}) => {
    if (gateway !== undefined) return isNear(gateway, pools) ? [] : [farFinding(to, gateway, pools)]
    return known.some((other) => other.includes(':') === to.includes(':'))
      ? []
      : [
          invalid(
            '--route',
            `the route to ${to} has no gateway`,
            `name one: --route ${to}=ADDRESS, or --gateway ADDRESS`,
          ),
        ]
  })
}

function isNear(gateway: string, pools: readonly AddressPool[]): boolean {
  const address = parseAddress(gateway)
  return pools.length === 0 || (address !== undefined && pools.some(({subnet}) => contains(subnet, address)))
}

function farFinding(to: string, gateway: string, pools: readonly AddressPool[]): PreflightFinding {
  const subnets = pools.map(({subnet}) => cidrText(subnet)).join(', ')
  return invalid('--route', `the route to ${to} goes through ${gateway}, which is not in ${subnets}`)
}

/**
 * What the user should know of a subnet that is not the extra network's: an internal engine network drops IPv4 frames of other addresses between nodes where
 * the host passes bridged frames through iptables (Docker 20.10, DOCKER-ISOLATION-STAGE-1 with bridge-nf-call-iptables; seen on a cluster: IPv6 passes).
 */
export function strangerNotes({nic}: Master, pools: readonly AddressPool[]): readonly string[] {
  const own = nic === undefined ? undefined : parseCidr(nic.subnet)
  return pools
    .filter(({subnet}) => own !== undefined && subnet.base.family === 4 && !contains(own, subnet))
    .map(
      ({subnet}) =>
        `${cidrText(subnet)} is not in ${nic?.subnet}, the subnet of ${nic?.network}: many hosts drop its IPv4 packets between nodes`,
    )
}
