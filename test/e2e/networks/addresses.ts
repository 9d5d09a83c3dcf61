import {afterAll, beforeAll, expect, test} from 'vitest'
import {mustExit} from '../support/cli.ts'
import {eventually, kubectl} from '../support/cluster.ts'
import {docker} from '../support/engine.ts'
import {reported, startPods, type Wanted} from './attached-pods.ts'
import {lanAddress, removeNetworks} from './network-facts.ts'
import type {Suite} from '../support/stage.ts'

const namespace = 'e2e-addresses'

/** Addresses on one network over three nodes: each once, all given back, and a cause that can be read when there are none left. */
export const addresses: Suite = (stage) => {
  const add = (...words: readonly string[]) =>
    mustExit(0, stage.home, ['net', 'add', 'macvlan', ...words, '--namespace', namespace, ...stage.at])
  const twenty = (network: string): readonly Wanted[] =>
    Array.from({length: 20}, (_, index) => ({
      name: `${network}-${index}`,
      node: stage.nodes.all[index % 3] ?? '',
      networks: [{name: network}],
    }))

  beforeAll(async () => {
    await kubectl(stage.cluster, ['create', 'namespace', namespace])
  })
  afterAll(() => removeNetworks(stage, namespace), 120_000)

  test('20 pods over 3 nodes have 20 addresses of whereabouts, and all are given back', async () => {
    await add('pool', '--master', 'lan', '--ipam', 'whereabouts')
    await startPods(stage, namespace, twenty('pool'))
    const given = Object.values(await reported(stage, namespace, 'pool'))

    expect([given.length, new Set(given).size]).toEqual([20, 20])
    expect(await heldInPool(given)).toEqual(given.toSorted())
    await kubectl(stage.cluster, ['-n', namespace, 'delete', 'pods', '--all', '--wait'], 90)
    await eventually('all addresses given back', 20, async () => expect(await heldInPool(given)).toEqual([]))
  }, 200_000)

  test('20 pods over 3 nodes have 20 addresses of host-local’s slices, and all are given back', async () => {
    await add('slices', '--master', 'wan', '--ipam', 'host-local')
    await startPods(stage, namespace, twenty('slices'))
    const given = Object.values(await reported(stage, namespace, 'slices'))

    expect([given.length, new Set(given).size]).toEqual([20, 20])
    expect(await heldOnNodes('slices')).toEqual(given.toSorted())
    await kubectl(stage.cluster, ['-n', namespace, 'delete', 'pods', '--all', '--wait'], 90)
    await eventually('all addresses given back', 20, async () => expect(await heldOnNodes('slices')).toEqual([]))
  }, 200_000)

  test.each(['whereabouts', 'host-local'])(
    '%s with no address left: a cause within 15 s, and recovery',
    async (ipam) => {
      const name = `tiny-${ipam}`
      const [from, to] = ipam === 'whereabouts' ? [221, 222] : [224, 226]
      const range = ['--range-start', await lanAddress(stage, from), '--range-end', await lanAddress(stage, to)]
      await add(name, '--master', 'lan', '--ipam', ipam, ...range)
      // host-local has one address on each node, whereabouts two for all.
      const node = stage.nodes.workers[0]
      const fitting = (ipam === 'whereabouts' ? ['a', 'b'] : ['a']).map((pod) => `${name}-${pod}`)
      await startPods(
        stage,
        namespace,
        fitting.map((pod) => ({name: pod, node, networks: [{name}]})),
      )
      const argv = [
        'pod',
        'add',
        `${name}-late`,
        '--network',
        name,
        '--node',
        node,
        '--namespace',
        namespace,
        ...stage.at,
      ]

      const refused = await mustExit(7, stage.home, argv)
      expect(refused.seconds).toBeLessThan(15)
      expect(refused.stderr.replaceAll(/\s+/g, ' ')).toMatch(/no free address between|every address of .* is taken/)
      await kubectl(stage.cluster, ['-n', namespace, 'delete', 'pod', `${name}-a`, '--wait'], 60)
      const ready = ['wait', '--for=condition=Ready', '--timeout=60s', `pod/${name}-late`]
      await kubectl(stage.cluster, ['-n', namespace, ...ready], 70)
    },
    150_000,
  )

  /** Which of these addresses whereabouts holds, by its own objects. */
  async function heldInPool(among: readonly string[]): Promise<readonly string[]> {
    const pools = JSON.parse(
      await kubectl(stage.cluster, ['-n', 'kube-system', 'get', 'ippools.whereabouts.cni.cncf.io', '-o', 'json']),
    ) as {readonly items: readonly Pool[]}
    const held = pools.items.flatMap(({spec: {range, allocations}}) => {
      const [base = ''] = range.split('/')
      const [a = 0, b = 0, c = 0, d = 0] = base.split('.').map(Number)
      return Object.entries(allocations).flatMap(([offset, {podref}]) =>
        podref.startsWith(`${namespace}/`) ? [textOf(((a * 256 + b) * 256 + c) * 256 + d + Number(offset))] : [],
      )
    })
    return held.filter((address) => among.includes(address)).toSorted()
  }

  /** The addresses that host-local holds on the nodes: a file of the name of each. */
  async function heldOnNodes(network: string): Promise<readonly string[]> {
    const lists = await Promise.all(
      stage.nodes.all.map((node) =>
        docker('exec', node, 'find', `/run/cni/networks/${network}`, '-name', '*.*.*.*', '-printf', '%f\n'),
      ),
    )
    return lists.flatMap((text) => text.split('\n').filter((name) => /^\d+\.\d+\.\d+\.\d+$/.test(name))).toSorted()
  }
}

interface Pool {
  readonly spec: {
    readonly range: string
    readonly allocations: Readonly<Record<string, {readonly podref: string}>>
  }
}

function textOf(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.')
}
