import type {Deed} from '../../checks/check.ts'
import {addressText, nthAddress, parseCidr} from '../../spec/cidr.ts'
import type {Fault, Repair} from './repair.ts'
import type {NodeContainer, NodeLink, RepairFacts} from './repair-facts.ts'
import {waitForNodes} from './waits.ts'

/** Every node has a NIC on every extra network, by the name that the cluster's networks give as their master. */
export const nodeNics: Repair = {
  title: 'Nodes are on the extra networks',
  finds: (facts) =>
    facts.engineNetworks.flatMap((network, place) =>
      facts.containers.flatMap((container, index) => faultOf({network, place, container, index}, facts) ?? []),
    ),
}

interface Nic {
  readonly network: RepairFacts['engineNetworks'][number]
  /** Place of the network among those of the cluster, and of the node among its nodes. */
  readonly place: number
  readonly container: NodeContainer
  readonly index: number
}

function faultOf(nic: Nic, facts: RepairFacts): Fault | undefined {
  const {network, container} = nic
  const links = facts.onNodes[container.name]?.links ?? []
  if (links.length === 0) return undefined
  const endpoint = container.addresses[network.name]
  const name = interfaceOf(nic, facts)
  const subject = `${container.name} on ${network.network}`
  if (!endpoint) return disconnected(nic, {subject, name, facts})
  const link = links.find(({mac, addresses}) => mac === endpoint.mac.toLowerCase() || addresses.includes(endpoint.ip))
  if (!link)
    return {
      subject,
      summary: 'the engine has connected it, and the node has no such NIC',
      cause: `it has ${links.map((one) => one.name).join(', ')}`,
      fix: `docker restart ${container.name}`,
      asks: `${container.name} restarts, with all pods on it`,
      mends: [
        {title: `Restart ${container.name}`, action: {type: 'restart-nodes', nodes: [container.name]}},
        ...waitForNodes([container.name], facts),
      ],
    }
  const summary = wrongWith(link, {name, ip: endpoint.ip})
  return summary === undefined ? undefined : {subject, summary, mends: [fit(nic, name, endpoint.ip)]}
}

function disconnected(
  nic: Nic,
  {subject, name, facts}: {readonly subject: string; readonly name: string; readonly facts: RepairFacts},
): Fault {
  const {network, container, index} = nic
  const summary = 'it is not connected to the engine network'
  const address = addressOf(network.subnet, index)
  const owner = facts.containers.find(({addresses}) => addresses[network.name]?.ip === address)
  if (address === undefined || owner)
    return {
      subject,
      summary,
      cause: owner ? `its address ${address} is taken by ${owner.name}` : `${network.subnet} is no subnet`,
      fix: `docker network connect ${network.name} ${container.name}`,
      mends: [],
    }
  const addresses = {[container.name]: address}
  // The engine takes away a NIC by the name that it gave it: one that has another name by now stays, with its address.
  const remains = (facts.onNodes[container.name]?.links ?? []).filter((link) => link.addresses.includes(address))
  return {
    subject,
    summary,
    mends: [
      ...remains.map(
        (link): Deed => ({
          title: `Remove ${link.name} of ${container.name}, which the engine has forgotten`,
          action: {type: 'delete-node-links', links: [link.name], nodes: [container.name]},
        }),
      ),
      {
        title: `Connect ${container.name} to ${network.name} as ${address}`,
        action: {type: 'connect-nodes', network: network.name, addresses},
      },
      fit(nic, name, address),
    ],
  }
}

function fit({network, container}: Nic, name: string, address: string): Deed {
  return {
    title: `Have ${name} of ${container.name} up, with ${address}`,
    action: {
      type: 'fit-node-nics',
      network: network.name,
      interface: name,
      addresses: {[container.name]: address},
      prefix: parseCidr(network.subnet)?.prefix ?? 24,
    },
  }
}

function wrongWith(link: NodeLink, {name, ip}: {readonly name: string; readonly ip: string}): string | undefined {
  if (!link.up) return `${link.name} is down`
  if (link.name !== name) return `its NIC is called ${link.name}, and ${name} on the other nodes`
  return link.addresses.includes(ip) ? undefined : `${link.name} has lost its address ${ip}`
}

/** As on the other nodes; where no node is left to say, as `create` names them. */
function interfaceOf({network, place, container}: Nic, {nodes}: RepairFacts): string {
  const others = nodes.filter(({name}) => name !== container.name)
  const names = others.flatMap(({nics}) =>
    nics.filter((one) => one.network === network.network).map((one) => one.interface),
  )
  return names[0] ?? `eth${place + 1}`
}

/** The address that `create` gives the node of that place: the first of the subnet is the engine's. */
function addressOf(subnet: string, index: number): string | undefined {
  const cidr = parseCidr(subnet)
  return cidr && addressText(nthAddress(cidr, index + 2))
}
