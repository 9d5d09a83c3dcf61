import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {staleNodeLeases, stalePoolLeases, staleReservations} from '../../../src/plan/repair/stale-leases.ts'

const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,6}\/[a-z]{1,6}$/), {maxLength: 12})
const ids = fc.uniqueArray(fc.stringMatching(/^[0-9a-f]{64}$/), {maxLength: 12})

describe('addresses that whereabouts keeps', () => {
  test('are given back for exactly the pods that are gone, whose sandboxes nobody runs', () => {
    fc.assert(
      fc.property(names, names, ids, ids, (owners, pods, sandboxes, running) => {
        const living = {pods: new Set(pods), containerIds: new Set(running)}
        const id = (place: number) => sandboxes[place % Math.max(1, sandboxes.length)] ?? ''
        const allocations = Object.fromEntries(owners.map((podref, place) => [place + 1, {podref, id: id(place)}]))

        const stale = stalePoolLeases({spec: {range: '172.30.0.0/24', allocations}}, living)

        expect(stale.map(({pod}) => pod).toSorted()).toEqual(
          owners.filter((pod, place) => !pods.includes(pod) && !running.includes(id(place))).toSorted(),
        )
        for (const {offset, address} of stale) expect(address).toBe(`172.30.0.${offset}`)
      }),
    )
  })

  test('are left where nobody can say whose they are', () => {
    const living = {pods: new Set<string>(), containerIds: new Set<string>()}

    expect(stalePoolLeases({spec: {range: '172.30.0.0/24', allocations: {'1': {id: 'x'}}}}, living)).toEqual([])
    expect(stalePoolLeases({spec: {range: '172.30.0.0/24'}}, living)).toEqual([])
    expect(staleReservations([{metadata: {name: '172.30.0.1'}, spec: {podref: ''}}], living)).toEqual([])
  })

  test('reservations go with their pods', () => {
    const of = (podref: string, containerid = '') => ({metadata: {name: podref}, spec: {podref, containerid}})
    const living = {pods: new Set(['a/here']), containerIds: new Set(['running'])}

    expect(staleReservations([of('a/here'), of('a/gone'), of('a/forced', 'running')], living)).toEqual([of('a/gone')])
  })
})

describe('addresses that host-local keeps', () => {
  const lease = (containerId: string) => ({path: `/var/lib/cni/networks/n/${containerId.slice(0, 8)}`, containerId})

  test('are given back for exactly the sandboxes that the runtime does not know', () => {
    fc.assert(
      fc.property(ids, ids, (leased, running) => {
        const stale = staleNodeLeases(leased.map(lease), running)
        const wanted = running.length === 0 ? [] : leased.filter((id) => !running.includes(id))
        expect(stale.map(({containerId}) => containerId)).toEqual(wanted)
      }),
    )
  })

  test('are left to whoever is no runtime', () => {
    expect(staleNodeLeases([lease('k8s-local-try-blue'), lease('')], ['a'.repeat(64)])).toEqual([])
  })
})
