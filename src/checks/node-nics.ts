import {contains, parseAddress, parseCidr} from '../spec/cidr.ts'
import type {Evidence, Probe, Verdict} from '../steps/check-request.ts'
import {type InterfaceAddress, type Link, parseAddresses, parseLinks} from './ip-output.ts'
import {textOf} from './seen.ts'
import type {NodeNetworkSeen} from './surroundings.ts'

/** A NIC that a node should have on an engine network of ours. */
export type WantedNic = {
  readonly network: string
  readonly engineName: string
  readonly subnet: string
  /** By the engine; empty where it says that the node is not on the network. */
  readonly address: string
}

export function wantedNics(node: string, networks: readonly NodeNetworkSeen[]): readonly WantedNic[] {
  return networks.map(({network, engineName, subnet, addresses}) => ({
    network,
    engineName,
    subnet,
    address: addresses[node] ?? '',
  }))
}

/** The two looks at a node that `readNics` understands. */
export function nicProbes(node: string): Readonly<Record<string, Probe>> {
  return {
    [`${node} addresses`]: {type: 'node', node, argv: ['ip', '-o', '-4', 'addr', 'show']},
    [`${node} links`]: {type: 'node', node, argv: ['ip', '-o', 'link']},
  }
}

export function readNics(evidence: Evidence, node: string): SeenNics | {readonly missing: string} {
  const addresses = textOf(evidence, `${node} addresses`)
  if ('missing' in addresses) return addresses
  const links = textOf(evidence, `${node} links`)
  if ('missing' in links) return links
  return {addresses: parseAddresses(addresses.value), links: parseLinks(links.value)}
}

/** What a node says of its interfaces. */
export interface SeenNics {
  readonly addresses: readonly InterfaceAddress[]
  readonly links: readonly Link[]
}

/** The NIC's name, or what is wrong with it. */
export function judgeNic(
  node: string,
  {network, engineName, subnet, address}: WantedNic,
  {addresses, links}: SeenNics,
): {readonly nic?: string; readonly fault?: Verdict} {
  const range = parseCidr(subnet)
  const within = addresses.filter((one) => {
    const parsed = parseAddress(one.address)
    return range !== undefined && parsed !== undefined && contains(range, parsed)
  })
  if (address === '')
    return fault({
      summary: `${node} is not on ${network}: the engine has disconnected it`,
      fix: `docker network connect ${engineName} ${node}`,
    })
  const nic = within.find((one) => one.address === address)?.interface
  if (nic === undefined)
    return fault({
      summary: `no interface of ${node} has ${address}, its address on ${network}${within[0] ? `; ${within[0].interface} has ${within[0].address}` : ''}`,
      cause: 'the NIC, or its address, was taken away inside the node: the engine still counts it as connected',
      fix: `docker network disconnect ${engineName} ${node}; docker network connect --ip ${address} ${engineName} ${node}`,
    })
  if (links.find((link) => link.interface === nic)?.up !== true)
    return fault({
      summary: `${nic}, the NIC of ${node} on ${network}, is down`,
      cause: 'pods on it lose their connection, and new ones get none',
      fix: `docker exec ${node} ip link set ${nic} up`,
    })
  return {nic}
}

function fault(verdict: Omit<Verdict, 'status'>): {readonly fault: Verdict} {
  return {fault: {status: 'fail', ...verdict}}
}
