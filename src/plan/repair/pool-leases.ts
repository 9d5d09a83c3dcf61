import {textAt} from '../../checks/json-path.ts'
import type {Json} from '../../steps/object.ts'
import type {Fault, Repair} from './repair.ts'
import type {RepairFacts} from './repair-facts.ts'
import {type Living, stalePoolLeases, staleReservations} from './stale-leases.ts'

/** Apiversion of whereabouts v0.9.4. */
const apiVersion = 'whereabouts.cni.cncf.io/v1alpha1'

/** Addresses that whereabouts keeps for pods that are gone: its own reconciler takes them back once a day (whereabouts #291, #484, #712). */
export const poolLeases: Repair = {
  title: 'whereabouts keeps addresses for pods that there are',
  finds(facts) {
    const living = {
      pods: new Set(facts.podObjects.map(({metadata}) => `${metadata.namespace ?? 'default'}/${metadata.name}`)),
      containerIds: new Set(Object.values(facts.onNodes).flatMap(({containerIds = []}) => containerIds)),
    }
    // Every cluster runs pods of its own: no pod at all means that the list is no list.
    if (living.pods.size === 0) return []
    return [...facts.pools.flatMap((pool) => ofPool(pool, living)), ...ofReservations(facts, living)]
  },
}

/** The version is in the patch: a pool that has changed since is not touched, for the place may be somebody else's by now. */
function ofPool(pool: Json, living: Living): readonly Fault[] {
  const stale = stalePoolLeases(pool, living)
  if (stale.length === 0) return []
  const [name = '', namespace = ''] = [textAt(pool, 'metadata', 'name'), textAt(pool, 'metadata', 'namespace')]
  const allocations = Object.fromEntries(stale.map(({offset}) => [offset, null]))
  const resourceVersion = textAt(pool, 'metadata', 'resourceVersion') ?? ''
  return [
    {
      subject: name,
      summary: `kept for pods that are gone: ${stale.map(({address, offset, pod}) => `${address ?? offset} for ${pod}`).join(', ')}`,
      mends: [
        {
          title: `Give back ${stale.length} ${stale.length === 1 ? 'address' : 'addresses'} of the pool ${name}`,
          action: {
            type: 'patch-object',
            ref: {apiVersion, kind: 'IPPool', name, namespace},
            patch: {metadata: {resourceVersion}, spec: {allocations}},
          },
        },
      ],
    },
  ]
}

function ofReservations({reservations}: RepairFacts, living: Living): readonly Fault[] {
  const stale = staleReservations(reservations, living)
  if (stale.length === 0) return []
  const objects = stale.map((one) => ({
    apiVersion,
    kind: 'OverlappingRangeIPReservation',
    name: textAt(one, 'metadata', 'name') ?? '',
    namespace: textAt(one, 'metadata', 'namespace') ?? '',
  }))
  return [
    {
      subject: 'reservations',
      summary: `reserved for pods that are gone: ${objects.map(({name}) => name).join(', ')}`,
      mends: [
        {
          title: `Delete ${objects.length} ${objects.length === 1 ? 'reservation' : 'reservations'} of whereabouts`,
          action: {type: 'delete-objects', objects},
        },
      ],
    },
  ]
}
