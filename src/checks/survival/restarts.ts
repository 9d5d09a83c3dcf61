import {cnis} from '../../catalog/cni/index.ts'
import type {Deed, Scene} from '../check.ts'
import {upstreamSet} from '../install/multus-pods.ts'
import type {Workload} from '../rollout.ts'

/** Where Multus must come first again after a restart; absent where nobody can look at the nodes' files. */
export type Order = {readonly nodes: readonly string[]; readonly mode: 'thin' | 'thick'; readonly confFile: string}

/** The order that Multus keeps on these nodes. */
export function orderOn({nodeAccess, multus, cni}: Scene, nodes: readonly string[]): Order | null {
  if (nodeAccess.by !== 'engine' || multus === 'none' || cni === 'other') return null
  return {nodes, mode: multus, confFile: cnis[cni].confFile}
}

/** The primary CNI's agents; undefined for one that is not known. */
export function agentsOf({cni}: Scene): Workload | undefined {
  if (cni === 'other') return undefined
  const {kind, namespace, name} = cnis[cni].ready[0]
  return {kind, namespace, name}
}

/** Deletes the workload's pods, all or those of one node, and waits for others. */
export function restartPods({kind, namespace, name}: Workload, node?: string): Deed {
  return {
    title: node === undefined ? `Restart all pods of ${name}` : `Restart the pod of ${name} on ${node}`,
    action: {type: 'restart-pods', kind, namespace, name, ...(node !== undefined && {node})},
  }
}

/** Deletes the pods of Multus, all or that of one node. */
export function restartMultus(node?: string): Deed {
  return restartPods({kind: 'DaemonSet', ...upstreamSet}, node)
}

/** Waits until Multus comes first on the nodes again; goes on when it does not: what looks next says so. */
export function untilFirst(order: Order | null): readonly Deed[] {
  if (order === null) return []
  return [
    {
      title: 'Wait until Multus comes first again',
      action: {type: 'wait', for: {type: 'multus-first', ...order}, timeoutSeconds: 60, onTimeout: 'continue'},
    },
  ]
}
