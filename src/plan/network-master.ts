import type {NetworkSpec} from '../spec/network-spec.ts'
import type {NetworkSite, SiteNic} from './network-site.ts'
import type {PreflightFinding} from './preflight-finding.ts'

export interface Master {
  /** Name of the NIC on every node. */
  readonly interface?: string
  /** The extra network that it is a NIC of. */
  readonly nic?: SiteNic
  readonly findings: readonly PreflightFinding[]
  readonly notes: readonly string[]
}

const none: Master = {findings: [], notes: []}

/** kind's own network: the NIC that carries the cluster. */
const clusterNic = 'eth0'

/** The NIC that a network sits on: of an extra network by its name, or by its own; the first extra network where nothing was said. */
export function findMaster({master}: NetworkSpec, site: NetworkSite): Master {
  const [first] = site.nics
  if (master === undefined) return first ? sameEverywhere(first, site) : {...none, findings: [noNetwork()]}
  const nic =
    site.nics.find(({network}) => network === master) ??
    site.nics.find(({names}) => Object.values(names).every((name) => name === master))
  if (nic) return sameEverywhere(nic, site)
  const notes =
    master === clusterNic
      ? [
          `${clusterNic} carries the cluster's own traffic: pods on it share kind's network, and need addresses that the engine does not deal out`,
        ]
      : [`${master} is no NIC of an extra network: whether every node has it is seen by k8s-local verify`]
  return {interface: master, findings: [], notes}
}

/** One configuration goes to all nodes, so the NIC must have one name; a restart of the nodes can change that (moby #49935). */
function sameEverywhere(nic: SiteNic, {nodes}: NetworkSite): Master {
  const without = nodes.filter((node) => nic.names[node] === undefined)
  const names = [...new Set(Object.values(nic.names))]
  const [name] = names
  if (without.length > 0 || name === undefined) {
    return {
      nic,
      notes: [],
      findings: [
        finding(
          `${without.join(', ') || 'no node'} ${without.length > 1 ? 'have' : 'has'} no NIC on the network ${nic.network}`,
          'run k8s-local create again with the same flags: it connects what is missing',
        ),
      ],
    }
  }
  if (names.length > 1) {
    const list = Object.entries(nic.names).map(([node, called]) => `${called} on ${node}`)
    return {
      nic,
      notes: [],
      findings: [
        finding(
          `the NIC of the network ${nic.network} has several names: ${list.join(', ')}`,
          'rename it on the nodes (docker exec NODE ip link set … name …), or name a NIC that is called the same everywhere',
        ),
      ],
    }
  }
  return {interface: name, nic, findings: [], notes: []}
}

function noNetwork(): PreflightFinding {
  return finding(
    'there is no extra network to sit on',
    'add one: k8s-local create --network NAME; or name a NIC of the nodes',
  )
}

function finding(message: string, fix: string): PreflightFinding {
  return {problem: 'invalid-input', at: '--master', message, fix}
}
