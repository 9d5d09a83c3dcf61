import * as fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {kindConfig} from '../../src/templates/kind-config.ts'
import {nodeNames} from '../../src/templates/node-names.ts'
import {parseYaml} from '../../src/yaml.ts'

const cluster = {name: 'dev', controlPlanes: 1, workers: 2, podSubnet: '10.244.0.0/16', serviceSubnet: '10.96.0.0/16'}

describe("kind's configuration", () => {
  test.each([
    ['one-plus-two', cluster],
    ['three-plus-none', {...cluster, controlPlanes: 3, workers: 0, podSubnet: '10.128.0.0/14'}],
  ])('%s is as its golden says', async (name, input) => {
    await expect(kindConfig(input)).toMatchFileSnapshot(`../golden/config/kind-${name}.yaml`)
  })

  test('has as many nodes of each role as asked for, and leaves the CNI to us', () => {
    fc.assert(
      fc.property(fc.constantFrom(1, 3, 5), fc.integer({min: 0, max: 9}), (controlPlanes, workers) => {
        const parsed = parseYaml(kindConfig({...cluster, controlPlanes, workers}))

        expect(parsed).toMatchObject({value: {networking: {disableDefaultCNI: true}}})
        const {nodes} =
          'value' in parsed ? (parsed.value as {readonly nodes: readonly {readonly role: string}[]}) : {nodes: []}
        expect(nodes.map(({role}) => role)).toEqual([
          ...Array<string>(controlPlanes).fill('control-plane'),
          ...Array<string>(workers).fill('worker'),
        ])
      }),
    )
  })
})

describe('names of nodes', () => {
  test('count from the second on', () => {
    expect(nodeNames({name: 'dev', controlPlanes: 3, workers: 2})).toEqual({
      controlPlanes: ['dev-control-plane', 'dev-control-plane2', 'dev-control-plane3'],
      workers: ['dev-worker', 'dev-worker2'],
      all: ['dev-control-plane', 'dev-control-plane2', 'dev-control-plane3', 'dev-worker', 'dev-worker2'],
    })
  })

  test('are different, and host names even for the longest name of a cluster', () => {
    const {all} = nodeNames({name: 'a'.repeat(40), controlPlanes: 5, workers: 9})

    expect(new Set(all).size).toBe(14)
    expect(all.every((name) => name.length <= 63)).toBe(true)
  })
})
