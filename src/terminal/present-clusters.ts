import type {ListedCluster} from '../run/queries/list-clusters.ts'
import type {Page} from './present-problem.ts'
import {table} from './table.ts'

/** One line for each cluster; what to do where there is none. */
export function presentClusters(clusters: readonly ListedCluster[], {style}: Page): string {
  if (clusters.length === 0) return 'No clusters on this machine. Make one: k8s-local create'
  const rows = clusters.map(({name, ours, state, nodes, kubernetes, cni, multus, networks}) => [
    name,
    state,
    `${nodes.running}/${nodes.total}`,
    kubernetes ?? '-',
    cni ?? '-',
    multus ?? '-',
    networks.join(', ') || '-',
    ours ? 'k8s-local' : 'kind',
  ])
  const headings = ['name', 'state', 'nodes', 'kubernetes', 'cni', 'multus', 'networks', 'made by']
  const paint = (cell: string, heading: string) =>
    heading === 'state' && cell !== 'running' ? style.yellow(cell) : cell
  return table(headings, rows, paint)
}
