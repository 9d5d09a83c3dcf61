import type {Check} from '../check.ts'
import {judgeNic, nicProbes, readNics, type WantedNic, wantedNics} from '../node-nics.ts'
import {couldNotLook} from '../seen.ts'

type Subject = {readonly node: string; readonly networks: readonly WantedNic[]}

/** H08: a node has a NIC on each engine network of ours, with the address that the engine gave it, and the NIC is up. */
export const nicsConnected: Check<Subject> = {
  id: 'H08',
  title: 'Node has its NICs',
  tier: 'quick',
  severity: 'error',
  needs: ['host', 'node-access'],
  subjects({nodes, surroundings}) {
    const networks = surroundings?.host?.nodeNetworks ?? []
    if (networks.length === 0)
      return {skip: 'the nodes are on no network of ours: k8s-local create --network makes one'}
    return nodes.map(({name}) => ({node: name, networks: wantedNics(name, networks)}))
  },
  label: ({node}) => node,
  probes: ({node}) => nicProbes(node),
  judge(evidence, {node, networks}) {
    const seen = readNics(evidence, node)
    if ('missing' in seen) return couldNotLook(`the interfaces of ${node}`, seen)
    const nics = networks.map((network) => ({network, ...judgeNic(node, network, seen)}))
    const faults = nics.flatMap(({fault}) => (fault ? [fault] : []))
    const [first] = faults
    if (!first)
      return {status: 'pass', summary: nics.map(({network: {network}, nic}) => `${nic} on ${network}`).join(', ')}
    return {...first, ...(faults.length > 1 && {evidence: faults.map(({summary}) => summary)})}
  },
}
