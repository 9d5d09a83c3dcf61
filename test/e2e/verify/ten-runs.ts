import {expect, test} from 'vitest'
import {eventually, kubectl} from '../support/cluster.ts'
import {docker} from '../support/engine.ts'
import {say} from '../support/log.ts'
import type {Stage, Suite} from '../support/stage.ts'
import {troubles, verdictsOf} from './verdicts.ts'

const runs = 10

/** K8S_LOCAL_TEN_RUNS=default takes eight minutes in place of two. */
const tier = process.env.K8S_LOCAL_TEN_RUNS === 'default' ? 'default' : 'quick'

/** A proof that fails now and then is none: ten runs of a healthy cluster say the same, and leave nothing. */
export const tenRuns: Suite = (stage) => {
  test('passes ten times in a row and leaves nothing behind', async () => {
    const before = await tracesOf(stage)
    const seconds: number[] = []
    for (let run = 1; run <= runs; run += 1) {
      const startedAt = Date.now()
      const verdicts = await verdictsOf(stage, {tier})
      seconds.push((Date.now() - startedAt) / 1000)
      expect(troubles(verdicts), `run ${run}`).toEqual([])
    }
    say(`${runs} runs of the ${tier} tier: ${seconds.map((one) => one.toFixed(1)).join(', ')} s`)
    await eventually('nothing is left of the runs', 60, async () => expect(await tracesOf(stage)).toEqual(before))
  })
}

/** What a run could leave: namespaces, networks, reservations of addresses, interfaces and namespaces of the nodes' kernel. */
async function tracesOf({cluster, nodes}: Stage): Promise<unknown> {
  const names = (kind: string) => kubectl(cluster, ['get', kind, '-A', '-o', 'name'])
  const links = async (node: string) => {
    const text = await docker('exec', node, 'ip', '-o', 'link')
    return text.split('\n').map((line) => line.split(': ')[1]?.replace(/^(veth|lxc)[^@]*/, '$1'))
  }
  const reservations = await kubectl(cluster, [
    'get',
    'ippools.whereabouts.cni.cncf.io',
    '-A',
    '-o',
    'jsonpath={.items[*].spec.allocations}',
  ])
  return {
    namespaces: await names('namespaces'),
    networks: await names('net-attach-def'),
    reservations,
    links: await Promise.all(
      nodes.all.map(async (node) => (await links(node)).toSorted((a = '', b = '') => a.localeCompare(b))),
    ),
    netns: await Promise.all(
      // A node that has never had a pod of its own network has no such folder.
      nodes.all.map(
        async (node) =>
          (await docker('exec', node, 'find', '/run', '-maxdepth', '2', '-path', '/run/netns/*')).split('\n').length,
      ),
    ),
  }
}
