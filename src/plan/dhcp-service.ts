import type {AddressRange, AddressRoute} from '../catalog/ipam/ipam-option.ts'
import type {Pool} from '../checks/network-config.ts'
import {parseAddress, parseCidr} from '../spec/cidr.ts'
import {dhcpServerAnnotation} from '../templates/labels.ts'
import type {TargetNetwork} from './facts.ts'

/** What the DHCP servers of a network hand out, as its annotation keeps it. */
export interface DhcpService {
  readonly range: AddressRange
  readonly routes: readonly AddressRoute[]
}

/** The name of the servers of a network, and of the network that they attach to themselves. */
export function dhcpServerName(network: string): string {
  return `${network}-dhcp`
}

export function dhcpServiceText(service: DhcpService): string {
  return JSON.stringify(service)
}

/** Whether servers of ours hand out the addresses of a network. */
export function hasDhcpServer({annotations}: {readonly annotations: Readonly<Record<string, string>>}): boolean {
  return annotations[dhcpServerAnnotation] !== undefined
}

/** The range that servers of ours share among the nodes, the servers' own addresses included; undefined where there are none. */
export function dhcpPool({annotations}: {readonly annotations: Readonly<Record<string, string>>}): Pool | undefined {
  const text = annotations[dhcpServerAnnotation]
  // Of most networks, and a text that is none costs an exception.
  if (text === undefined) return undefined
  const range = rangeIn(text)
  const [subnet, first, last] = [
    parseCidr(range?.subnet ?? ''),
    parseAddress(range?.start ?? ''),
    parseAddress(range?.end ?? ''),
  ]
  return subnet && first && last ? {subnet, span: {first, last}} : undefined
}

/** Without the networks that only the DHCP servers of another attach to: they are a part of that one, and their addresses lie in its range. */
export function withoutDhcpServers(
  networks: readonly TargetNetwork[],
  all: readonly TargetNetwork[] = networks,
): readonly TargetNetwork[] {
  const owned = all.filter(hasDhcpServer).map(({namespace, name}) => `${namespace}/${dhcpServerName(name)}`)
  return networks.filter(({namespace, name}) => !owned.includes(`${namespace}/${name}`))
}

/** Somebody may have changed it: what is no range counts as none. */
function rangeIn(text: string): Partial<AddressRange> | undefined {
  try {
    const {range} = JSON.parse(text) as Partial<DhcpService>
    return range
  } catch {
    return undefined
  }
}
