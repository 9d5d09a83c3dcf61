import {describe, expect, test} from 'vitest'
import {batchOf, kernelLinks, readRefusals} from '../../src/catalog/kernel-links.ts'
import {observeRefusedLinks} from '../../src/run/target/observe-refused-links.ts'
import type {TargetLooker} from '../../src/run/target/target-looker.ts'
import {fakeContext, fakeExec} from './fakes.ts'

const links = kernelLinks()
const lineOf = (kind: string): number => links.findIndex((link) => link.kind === kind) * 2 + 2

/** What iproute2 6.1 printed on a kernel without ipvlan and dummy: two lines for each line of the batch that failed. */
const words = [
  'Error: Unknown device type.',
  `Command failed -:${lineOf('ipvlan')}`,
  'Cannot find device "child"',
  `Command failed -:${lineOf('ipvlan') + 1}`,
  'RTNETLINK answers: Operation not supported',
  `Command failed -:${lineOf('dummy')}`,
  'Cannot find device "child"',
  `Command failed -:${lineOf('dummy') + 1}`,
  '',
].join('\n')

describe('links that the kernel does not make', () => {
  test('are those whose line failed, with the words before it', () => {
    expect(readRefusals(words, links)).toEqual({
      ipvlan: 'Error: Unknown device type.',
      dummy: 'RTNETLINK answers: Operation not supported',
    })
  })

  test('are none when nothing was printed, or something else', () => {
    expect(readRefusals('', links)).toEqual({})
    expect(readRefusals('OCI runtime exec failed: exec: "unshare": not found\n', links)).toEqual({})
  })

  test('are tried one after another on one parent, each taken away before the next', () => {
    const lines = batchOf(links).trimEnd().split('\n')

    expect(lines[0]).toContain('name parent type veth')
    expect(lines.filter((line) => line === 'link del dev child')).toHaveLength(links.length)
    expect(lines[lineOf('vlan') - 1]).toBe('link add link parent name child type vlan id 5')
  })

  test('are of every kind that a type or a chained plugin needs, each once', () => {
    const kinds = links.map(({kind}) => kind)

    expect(kinds.toSorted()).toEqual(['bridge', 'dummy', 'ipvlan', 'macvlan', 'tap', 'veth', 'vlan', 'vrf'])
  })

  test('are looked for on one node, in a namespace that ends with the program', async () => {
    const {exec, asked} = fakeExec(() => ({exitCode: 1, stderr: words}))
    const {drivers, signal} = fakeContext({engine: {exec}})
    const containers = [{name: 'demo-worker'}, {name: 'demo-worker2'}]
    const looker = {drivers, signal, containers} as unknown as TargetLooker

    expect(Object.keys(await observeRefusedLinks(looker))).toEqual(['ipvlan', 'dummy'])
    expect(asked).toEqual(['demo-worker: unshare --net ip -force -batch -'])
    expect(await observeRefusedLinks({...looker, containers: []})).toEqual({})
  })
})
