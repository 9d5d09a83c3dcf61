import {spanSize} from '../../spec/address.ts'
import type {Rule} from '../rule.ts'
import {namespaceOf, type Network, type Workload} from '../scene.ts'

export const poolSize: Rule = {
  code: 'KL-L516',
  title: 'The range has fewer addresses than there are pods',
  severity: 'warn',
  why: 'The pods that come last wait in ContainerCreating until others end. During a roll-out there are more pods than replicas, so a range needs some room. Judged for whereabouts, whose range is one for all nodes.',
  fix: 'Widen the range, or run fewer pods',
  *scene({workloads, network, facts}) {
    const wanted = new Map<Network, number>()
    for (const workload of workloads) {
      for (const asked of workload.known ? [] : (workload.request?.attachments ?? [])) {
        const target = network(asked.namespace?.text ?? namespaceOf(workload), asked.network.text)
        const size = target && sizeOf(target)
        if (!target || size === undefined) continue
        const before = wanted.get(target) ?? 0
        const after = before + podsOf(workload, facts?.nodes.length ?? 1)
        wanted.set(target, after)
        if (BigInt(after) > size && BigInt(before) <= size)
          yield {
            on: workload,
            at: asked.network.at,
            message: `${target.name} hands out ${size} addresses, and ${after} pods ask for one`,
            fix: 'Widen the range of the network, or run fewer pods',
          }
      }
    }
  },
}

function podsOf({replicas}: Workload, nodes: number): number {
  return replicas === 'per-node' ? nodes : replicas
}

/** Of the family that runs out first; what is excluded is not counted. */
function sizeOf({config}: Network): bigint | undefined {
  const ipam = config?.plugins.find((plugin) => plugin.ipam)?.ipam
  if (ipam?.type !== 'whereabouts' || ipam.pools.length === 0) return undefined
  const sizes = [4, 6].flatMap((family) => {
    const own = ipam.pools.filter(({span}) => span.first.family === family)
    return own.length === 0 ? [] : [own.reduce((sum, {span}) => sum + spanSize(span), 0n)]
  })
  return sizes.reduce((least, size) => (size < least ? size : least))
}
