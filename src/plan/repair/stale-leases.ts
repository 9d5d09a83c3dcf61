import {at, textAt} from '../../checks/json-path.ts'
import {plus} from '../../spec/address.ts'
import {addressText, parseCidr} from '../../spec/cidr.ts'
import type {Json} from '../../steps/object.ts'
import type {NodeLease} from './repair-facts.ts'

/** What there is in the cluster. */
export interface Living {
  /** `namespace/name` of every pod. */
  readonly pods: ReadonlySet<string>
  /** Ids of all sandboxes that are known to run: a pod that was deleted by force may be running still, with its address. */
  readonly containerIds: ReadonlySet<string>
}

export interface StaleLease {
  /** Key of the allocation: the place in the pool's range. */
  readonly offset: string
  /** Absent where the pool's range cannot be read. */
  readonly address?: string
  /** `namespace/name`. */
  readonly pod: string
}

/**
 * Allocations of a pool of whereabouts (v0.9.4: `spec.allocations`, by place) for pods that are gone. One without a pod's name is nobody's to judge. That an
 * allocation of a pod that is there belongs to a sandbox before the one it has is not judged either: the pod may be between the two.
 */
export function stalePoolLeases(pool: Json, living: Living): readonly StaleLease[] {
  const range = parseCidr(textAt(pool, 'spec', 'range') ?? '')
  const allocations = at(pool, 'spec', 'allocations')
  if (allocations === undefined || allocations === null || typeof allocations !== 'object') return []
  return Object.entries(allocations as Readonly<Record<string, Json>>).flatMap(([offset, one]) => {
    const pod = textAt(one, 'podref') ?? ''
    if (!isGone({pod, containerId: textAt(one, 'id')}, living)) return []
    return [{offset, pod, ...(range && {address: addressText(plus(range.base, Number(offset)))})}]
  })
}

/** OverlappingRangeIPReservations of whereabouts for pods that are gone; their names are the addresses. */
export function staleReservations(reservations: readonly Json[], living: Living): readonly Json[] {
  return reservations.filter((one) =>
    isGone({pod: textAt(one, 'spec', 'podref') ?? '', containerId: textAt(one, 'spec', 'containerid')}, living),
  )
}

function isGone(
  {pod, containerId = ''}: {readonly pod: string; readonly containerId: string | undefined},
  {pods, containerIds}: Living,
): boolean {
  return pod.includes('/') && !pods.has(pod) && !containerIds.has(containerId)
}

/**
 * Leases of host-local (plugins v1.9.1: a file per address whose first line is the container's id) for sandboxes that the runtime no longer has. An id that is no
 * runtime's (64 hexadecimal digits) is nobody's to judge: a rehearsal of `net try` has its own.
 */
export function staleNodeLeases(leases: readonly NodeLease[], containerIds: readonly string[]): readonly NodeLease[] {
  const alive = new Set(containerIds)
  // A node runs its own kubelet's pods: nobody at all means that the list is no list.
  if (alive.size === 0) return []
  return leases.filter(({containerId}) => /^[0-9a-f]{64}$/.test(containerId) && !alive.has(containerId))
}
