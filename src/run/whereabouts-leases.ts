import {at, listAt, textAt} from '../checks/json-path.ts'
import type {KubernetesDriver} from '../drivers/ports.ts'
import type {Json} from '../steps/object.ts'

export interface PoolLease {
  readonly pool: string
  readonly containerId: string
  /** `namespace/name` of the pod. */
  readonly pod: string
  /** Place in the range that the pool stands for. */
  readonly offset: number
  /** The range as the pool has it, CIDR. */
  readonly range: string
}

/** Every allocation in whereabouts' pools (v0.9.4, pkg/api whereabouts.cni.cncf.io/v1alpha1); none where it is not installed. */
export async function whereaboutsLeases(
  kubernetes: KubernetesDriver,
  signal: AbortSignal,
): Promise<readonly PoolLease[]> {
  const answer = await kubernetes.get('/apis/whereabouts.cni.cncf.io/v1alpha1/ippools', {signal})
  return listAt(answer, 'items').flatMap(leasesOf)
}

function leasesOf(pool: Json): readonly PoolLease[] {
  const allocations = at(pool, 'spec', 'allocations')
  if (allocations === null || typeof allocations !== 'object') return []
  return Object.entries(allocations as Readonly<Record<string, Json>>).map(([offset, one]) => ({
    pool: textAt(pool, 'metadata', 'name') ?? '',
    range: textAt(pool, 'spec', 'range') ?? '',
    offset: Number(offset),
    containerId: textAt(one, 'id') ?? '',
    pod: textAt(one, 'podref') ?? '',
  }))
}
