import type {ListedNetwork} from '../run/queries/list-networks.ts'
import {table} from './table.ts'

/** One line for each network; what to do where there is none. */
export function presentNetworks(networks: readonly ListedNetwork[]): string {
  if (networks.length === 0) return 'No networks yet. Make one: k8s-local net add macvlan NAME'
  return table(
    ['network', 'namespace', 'type', 'on', 'ipam', 'addresses', 'used', 'free', 'pods'],
    networks.map((network) => [
      network.name,
      network.namespace,
      network.fault === undefined ? network.types.join('+') || '-' : `unreadable: ${network.fault}`,
      network.master ?? network.bridge ?? '-',
      network.ipam ?? '-',
      network.ranges.join('; ') || '-',
      useText(network.addresses?.used),
      useText(network.addresses?.free),
      network.pods.join(', ') || '-',
    ]),
  )
}

/** A number; of IPv6 nobody reads all digits. */
export function useText(count: number | undefined): string {
  if (count === undefined) return '-'
  return count > 1_000_000 ? 'over a million' : `${count}`
}
