import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {eventually, internalAddresses, kubectl, nicOf} from './support/cluster.ts'
import {mustExit} from './support/cli.ts'
import {docker, engineAddresses, kindContainers} from './support/engine.ts'
import {type Home, makeHome, removeHome} from './support/home.ts'
import {say} from './support/log.ts'
import {type End, reachBothWays} from './support/pods.ts'

const cluster = 'e2e-restart'
const [workerOne, workerTwo] = [`${cluster}-worker`, `${cluster}-worker2`] as const
const old: readonly [End, End] = [
  {pod: 'old-1', nic: 'net1'},
  {pod: 'old-2', nic: 'net1'},
]

/** Ways in which all node containers of a laptop go down and come back. */
const restarts: readonly {readonly way: string; readonly restart: (nodes: readonly string[]) => Promise<void>}[] = [
  {way: 'one after another', restart: async (nodes) => void (await docker('restart', ...nodes))},
  {
    way: 'all stopped, started in the opposite order',
    restart: async (nodes) => {
      await docker('stop', ...nodes)
      for (const node of nodes.toReversed()) await docker('start', node)
    },
  },
  {
    way: 'all at once, without time to shut down',
    restart: async (nodes) => void (await Promise.all(nodes.map((node) => docker('restart', '-t', '1', node)))),
  },
]

describe('a cluster whose parts are restarted', () => {
  let home: Home
  let nodes: readonly string[]
  /** Addresses on the extra network, by node, before anything was restarted. */
  let extra: Readonly<Record<string, string>>

  beforeAll(async () => {
    home = makeHome()
    await mustExit(0, home, ['create', cluster, '--multus', 'thin', '--workers', '2', '--network', 'lan', '--yes'], {
      timeoutSeconds: 420,
    })
    nodes = (await kindContainers(cluster)).map(({name}) => name).toSorted()
    extra = await extraAddresses()
    await addPod('old-1', workerOne)
    await addPod('old-2', workerTwo)
    await reachBothWays(cluster, ...old)
  })
  afterAll(async () => {
    await mustExit(0, home, ['delete', cluster, '--yes'])
    removeHome(home)
  })

  test('keeps second interfaces when the agents of the CNI restart', async () => {
    await restartPods('k8s-app=cilium')

    await stillReachable()
  })

  test('keeps second interfaces when a Multus pod is deleted', async () => {
    await restartPods('app=multus')

    await stillReachable()
  })

  test.each(restarts.map((one) => [one.way, one] as const))(
    'keeps interfaces and addresses when all nodes restart: %s',
    async (_way, {restart}) => {
      const start = Date.now()
      await restart(nodes)
      const down = Date.now()
      await eventually('all nodes and pods Ready', 180, allReady)
      say(`restart took ${seconds(start, down)} s, Ready ${seconds(down, Date.now())} s later`)

      await stillReachable()
      expect(await extraAddresses()).toEqual(extra)
      await addressesInPlace()
    },
  )

  test('passes verify afterwards', async () => {
    await mustExit(0, home, ['verify', cluster])
  })

  function addPod(pod: string, node: string): Promise<unknown> {
    return mustExit(0, home, ['pod', 'add', pod, '--cluster', cluster, '--network', 'lan', '--node', node])
  }

  /** Old pods reach each other, and a pod made now reaches them, in both directions. */
  async function stillReachable(): Promise<void> {
    await eventually('old pods reach each other', 60, () => reachBothWays(cluster, ...old))
    await addPod('new', workerTwo)
    await reachBothWays(cluster, old[0], {pod: 'new', nic: 'net1'})
    await mustExit(0, home, ['pod', 'remove', 'new', '--cluster', cluster, '--yes'])
  }
})

/** Every node still calls itself by its address on kind's own network, and holds its address on ours. */
async function addressesInPlace(): Promise<void> {
  const engine = await engineAddresses(cluster)
  const internal = await internalAddresses(cluster)
  for (const [node, address] of Object.entries(internal))
    say(`${node}: InternalIP ${address}, engine ${JSON.stringify(engine[node])}`)
  expect(internal).toEqual(Object.fromEntries(Object.entries(engine).map(([node, {kind}]) => [node, kind])))
}

/** What each node's kernel holds in the extra network, which must be what the engine says; `node → address`. */
async function extraAddresses(): Promise<Readonly<Record<string, string>>> {
  const engine = await engineAddresses(cluster)
  const entries = Object.entries(engine).map(
    ([node, networks]) => [node, networks[`${cluster}-lan`] ?? 'none'] as const,
  )
  for (const [node, address] of entries) {
    const addresses = await docker('exec', node, 'ip', '-o', '-4', 'addr')
    if (!addresses.includes(` ${address}/`)) throw new Error(`${node} does not hold ${address}:\n${addresses}`)
  }
  return Object.fromEntries(entries)
}

async function restartPods(selector: string): Promise<void> {
  await kubectl(cluster, ['-n', 'kube-system', 'delete', 'pod', '-l', selector, '--wait=true'], 120)
  await eventually(`pods ${selector} Ready`, 120, allReady)
}

/** Throws unless every node is Ready and every pod of the cluster runs with all its containers Ready. */
async function allReady(): Promise<void> {
  const nodes = await kubectl(cluster, ['get', 'nodes', '--no-headers'])
  const pods = await kubectl(cluster, ['get', 'pods', '-A', '--no-headers'])
  const bad = [
    ...nodes.split('\n').filter((line) => !/ Ready /.test(line)),
    ...pods.split('\n').filter((line) => !/ (\d+)\/\1 +Running /.test(line) && !line.includes(' Completed ')),
  ]
  if (bad.length > 0) throw new Error(bad.join('\n'))
  await nicOf(cluster, 'old-1', 'net1')
}

function seconds(from: number, to: number): string {
  return ((to - from) / 1000).toFixed(1)
}
