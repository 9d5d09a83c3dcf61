import type {ListedInterface} from '../run/queries/list-pods.ts'
import type {Page} from './present-problem.ts'
import {table} from './table.ts'

/** One line for each interface of each pod with attachments; what to do where there is none. */
export function presentPods(interfaces: readonly ListedInterface[], {style}: Page): string {
  if (interfaces.length === 0) return 'No pods with networks yet. Make one: k8s-local pod add NAME --network NETWORK'
  const rows = interfaces.map((one) => [
    one.namespace === 'default' ? one.pod : `${one.namespace}/${one.pod}`,
    one.interface || (one.ready ? 'no status' : 'not ready'),
    one.network,
    one.ips.join(', ') || '-',
    one.mac || '-',
    one.mtu === undefined ? '-' : String(one.mtu),
    one.node || '-',
  ])
  const paint = (cell: string) => (cell === 'not ready' || cell === 'no status' ? style.yellow(cell) : cell)
  return table(['pod', 'interface', 'network', 'ip', 'mac', 'mtu', 'node'], rows, paint)
}
