import type {Repair} from './repair.ts'
import {staleNodeLeases} from './stale-leases.ts'

/** Addresses that host-local keeps for sandboxes that are gone: a node that stopped without warning leaves them, until "no IP addresses available" (plugins #697, #1087). */
export const nodeLeases: Repair = {
  title: 'host-local keeps addresses for pods that there are',
  finds: ({onNodes}) =>
    Object.entries(onNodes).flatMap(([node, {leases, containerIds = []}]) => {
      const stale = staleNodeLeases(leases, containerIds).map(({path}) => path)
      if (stale.length === 0) return []
      return [
        {
          subject: node,
          summary: `kept for pods that are gone: ${stale.map((path) => path.split('/').at(-1)).join(', ')}`,
          mends: stale.map((path) => ({
            title: `Remove ${path} from ${node}`,
            action: {type: 'delete-node-files' as const, path, nodes: [node]},
          })),
        },
      ]
    }),
}
