import * as fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import type {SceneNetwork} from '../../src/checks/check.ts'
import {networkSets} from '../../src/plan/network-sets.ts'

describe('networks that one pod can carry', () => {
  test.each([
    ['none', [], [[]]],
    ['one', ['172.30.0.0/24'], [['n0']]],
    ['different subnets', ['172.30.0.0/24', '172.30.1.0/24'], [['n0', 'n1']]],
    ['one subnet twice', ['172.30.0.0/24', '10.20.0.0/24', '172.30.0.0/24'], [['n0', 'n1'], ['n2']]],
    ['a subnet inside another', ['172.30.0.0/16', '172.30.7.0/24', '172.30.7.0/24'], [['n0'], ['n1'], ['n2']]],
    ['one without addresses', ['172.30.0.0/24', '', '172.30.0.0/24'], [['n0', 'n1'], ['n2']]],
  ])('%s', (_what, subnets, sets) => {
    expect(networkSets(subnets.map(network)).map((set) => set.map(({name}) => name))).toEqual(sets)
  })

  test('one whose configuration lies in files on the nodes counts with every node’s subnet', () => {
    const {config, ...inFiles} = network('172.30.0.0/24', 1)
    const perNode = {...inFiles, config: '', nodeConfigs: {'dev-worker': config}}

    expect(networkSets([network('172.30.0.0/24', 0), perNode])).toHaveLength(2)
  })

  test('every network is in exactly one set', () => {
    const subnets = fc.array(fc.integer({min: 0, max: 3}).map((third) => `172.30.${third}.0/24`))
    fc.assert(
      fc.property(subnets, (given) => {
        const networks = given.map(network)
        const sets = networkSets(networks)

        expect(sets.flat().toSorted(byName)).toEqual(networks.toSorted(byName))
        expect(sets.every((set) => new Set(set.map(({config}) => config)).size === set.length)).toBe(true)
      }),
    )
  })
})

function network(subnet: string, index: number): SceneNetwork {
  const ipam = subnet === '' ? {} : {ipam: {type: 'whereabouts', range: subnet}}
  const config = JSON.stringify({cniVersion: '0.3.1', type: 'macvlan', master: 'eth1', ...ipam})
  return {namespace: 'default', name: `n${index}`, type: 'macvlan', config, spansNodes: true, plugins: []}
}

function byName(one: SceneNetwork, other: SceneNetwork): number {
  return one.name < other.name ? -1 : 1
}
