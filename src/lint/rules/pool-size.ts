import {capacityOf} from '../capacity.ts'
import {ipams} from '../known/ipams.ts'
import type {Found, Rule} from '../rule.ts'
import {namespaceOf, type Network, type Scene, type Workload} from '../scene.ts'

/** The addresses that a network has for pods. */
interface Supply {
  readonly size: bigint
  /** Each node has that many. */
  readonly perNode: boolean
}

export const poolSize: Rule = {
  code: 'KL-L516',
  title: 'The range has fewer addresses than there are pods',
  severity: 'warn',
  why: 'The pods that come last wait in ContainerCreating until others end. During a roll-out there are more pods than replicas, so a range needs some room. The range of whereabouts, less its exclusions, is one for all nodes; host-local, less the gateway, has it on each node: how many nodes there are only a cluster tells.',
  fix: 'Widen the range, or run fewer pods',
  *scene({workloads, network, facts}) {
    const wanted = new Map<Network, number>()
    const nodes = facts?.nodes.length ?? 1
    for (const workload of workloads) {
      for (const asked of workload.known ? [] : (workload.request?.attachments ?? [])) {
        const target = network(asked.namespace?.text ?? namespaceOf(workload), asked.network.text)
        const supply = target && supplyOf(target)
        if (!target || !supply) continue
        const before = wanted.get(target) ?? 0
        const after = before + podsOf(workload, nodes)
        wanted.set(target, after)
        const room = supply.size * BigInt(supply.perNode ? nodes : 1)
        if (BigInt(after) > room && BigInt(before) <= room)
          yield {on: workload, at: asked.network.at, ...tell({target, supply, pods: after}, facts)}
      }
    }
  },
}

function podsOf({replicas}: Workload, nodes: number): number {
  return replicas === 'per-node' ? nodes : replicas
}

function supplyOf({config}: Network): Supply | undefined {
  const ipam = config?.plugins.find((plugin) => plugin.ipam)?.ipam
  const size = ipam && capacityOf(ipam)
  return ipam && size !== undefined ? {size, perNode: ipams[ipam.type]?.perNode === true} : undefined
}

function tell(
  {
    target: {name},
    supply: {size, perNode},
    pods,
  }: {readonly target: Network; readonly supply: Supply; readonly pods: number},
  facts: Scene['facts'],
): Pick<Found, 'message' | 'fix' | 'severity'> {
  if (!perNode)
    return {
      message: `${name} hands out ${size} addresses, and ${pods} pods ask for one`,
      fix: 'Widen the range of the network, or run fewer pods',
    }
  return {
    ...(!facts && {severity: 'info'}),
    message: `${name} hands out ${size} addresses on ${facts ? `each of ${facts.nodes.length} nodes` : 'each node'}, and ${pods} pods ask for one`,
    fix: facts
      ? 'Widen the range of the network, or run fewer pods'
      : `Widen the range, or see to enough nodes for ${pods} pods`,
  }
}
