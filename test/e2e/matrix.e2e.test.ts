import {afterAll, beforeAll, beforeEach, describe, expect, onTestFailed, test} from 'vitest'
import type {Outcome} from '../../src/run/events.ts'
import {type Cell, matrix} from './support/cells.ts'
import {documentOf, k8sLocal, mustExit, story} from './support/cli.ts'
import {nicOf, nodeOf} from './support/cluster.ts'
import {type Home, makeHome, removeHome} from './support/home.ts'
import {say} from './support/log.ts'
import {reachBothWays} from './support/pods.ts'
import {tracesOf, volumesLeft, volumesOf} from './support/traces.ts'
import {makeWarmImage, type WarmImage} from './support/warm-image.ts'
import {allAskedFor} from './verify/on-demand.ts'

const cells = await matrix()

/** Both ways to start nodes: what holds from the plain node image holds from a warm one. */
const ways = cells.flatMap((cell) =>
  (['plain', 'warm'] as const).map(
    (image) =>
      [`${cell.cni} with ${cell.multus} Multus, from a ${image} node image`, onDemand(cell, image), image] as const,
  ),
)

/** Thick Multus from a warm image is the same images by the same way as thin: tried when all is asked for. */
function onDemand(cell: Cell, image: 'plain' | 'warm'): Cell {
  if (image === 'plain' || cell.multus === 'thin' || allAskedFor) return cell
  return {missing: 'from a warm image it takes minutes more: set K8S_LOCAL_FAULTS=all', ...cell}
}

describe.each(ways)('%s', (_title, cell, image) => {
  const cluster = `e2e-${cell.cni}-${cell.multus}`
  const create = [
    'create',
    cluster,
    '--cni',
    cell.cni,
    '--multus',
    cell.multus,
    '--workers',
    '2',
    '--network',
    'lan',
    '--warm',
    image === 'warm' ? 'use' : 'never',
    '--yes',
  ]
  const [workerOne, workerTwo] = [`${cluster}-worker`, `${cluster}-worker2`]
  const at = ['--cluster', cluster]
  let home: Home
  let warm: WarmImage | undefined
  /** Until the pods are there the chapters build on each other: after the first that fails the others would say nothing new. */
  let broken = false
  let built = false
  let deleted = false

  beforeAll(async () => {
    home = makeHome()
    if (cell.missing === undefined && image === 'warm') warm = await makeWarmImage(home, cell)
    if (cell.missing !== undefined) say(`SKIPPED ${cell.cni} with ${cell.multus} Multus: ${cell.missing}`)
  })
  beforeEach((context) => {
    if (cell.missing !== undefined) context.skip(cell.missing)
    if (broken) context.skip('an earlier chapter failed')
    onTestFailed(() => void (broken = !built))
  })
  afterAll(async () => {
    if (cell.missing === undefined && !deleted) await k8sLocal(home, ['delete', cluster, '--yes'])
    await warm?.remove()
    removeHome(home)
  })

  test('create makes the cluster', async () => {
    const made = await mustExit(0, home, [...create, '--json', '--timings'], {timeoutSeconds: 420})
    const outcome = documentOf<Outcome>(made)
    expect(outcome.status).toBe('done')
    expect(outcome.steps.some(({id}) => id === 'import:cni')).toBe(image === 'plain')
    say(`created in ${outcome.seconds.toFixed(1)} s; critical path: ${outcome.criticalPath.join(' → ')}`)
  })

  test('status finds every node and no problem', async () => {
    const {stdout} = await mustExit(0, home, ['status', cluster])
    say(stdout)
    for (const node of [`${cluster}-control-plane`, workerOne, workerTwo]) expect(stdout).toContain(node)
  })

  test('net add makes a macvlan network on the extra network, and a bridge', async () => {
    await mustExit(0, home, ['net', 'add', 'macvlan', 'wire', ...at, '--master', 'lan'])
    await mustExit(0, home, ['net', 'add', 'bridge', 'inside', ...at])

    const {stdout} = await mustExit(0, home, ['net', 'list', ...at])
    say(stdout)
    expect(stdout).toMatch(/wire.*macvlan/)
    expect(stdout).toMatch(/inside.*bridge/)
  })

  test('pods get both networks on the nodes they were asked for', async () => {
    const networks = ['--network', 'wire', '--network', 'inside']
    await mustExit(0, home, ['pod', 'add', 'one', ...at, ...networks, '--node', workerOne])
    await mustExit(0, home, ['pod', 'add', 'two', ...at, ...networks, '--node', workerTwo])
    await mustExit(0, home, ['pod', 'add', 'neighbour', ...at, ...networks, '--node', workerOne])

    expect([await nodeOf(cluster, 'one'), await nodeOf(cluster, 'two')]).toEqual([workerOne, workerTwo])
    built = true
  })

  test('pod list shows what the kernel of each pod has', async () => {
    const {stdout} = await mustExit(0, home, ['pod', 'list', ...at])
    say(stdout)
    for (const pod of ['one', 'two', 'neighbour']) {
      for (const name of ['net1', 'net2']) {
        const nic = await nicOf(cluster, pod, name)
        const line = stdout.split('\n').find((one) => new RegExp(`\\b${pod}\\b.*\\b${name}\\b`).test(one)) ?? ''
        for (const part of [
          nic.address,
          nic.mac,
          String(nic.mtu),
          await nodeOf(cluster, pod),
          name === 'net1' ? 'wire' : 'inside',
        ]) {
          expect(line, `row of ${pod} ${name}`).toContain(part)
        }
      }
    }
  })

  test('pods on two nodes reach each other over the macvlan network, both ways', async () => {
    await reachBothWays(cluster, {pod: 'one', nic: 'net1'}, {pod: 'two', nic: 'net1'})
  })

  test('pods on one node reach each other over the bridge, both ways', async () => {
    await reachBothWays(cluster, {pod: 'one', nic: 'net2'}, {pod: 'neighbour', nic: 'net2'})
  })

  test('verify passes, as a table and as one document', async () => {
    const table = await mustExit(0, home, ['verify', cluster, '--quick'])
    say(table.stdout)

    const {checks} = documentOf<{checks: readonly {status: string}[]}>(
      await mustExit(0, home, ['verify', cluster, '--json']),
    )
    expect(checks.filter(({status}) => status === 'pass').length).toBeGreaterThan(60)
    expect(checks.filter(({status}) => status === 'fail' || status === 'error')).toEqual([])
  })

  test('the same create again finds all as asked', async () => {
    const again = await mustExit(0, home, [...create, '--json'])
    expect(documentOf<{status: string}>(again).status, story(again)).toBe('already')
  })

  test('delete leaves nothing', async () => {
    const volumes = await volumesOf(cluster)
    expect(volumes.length).toBeGreaterThan(0)
    await mustExit(0, home, ['delete', cluster, '--yes'])
    deleted = true

    expect(await tracesOf(cluster, home)).toEqual([])
    expect(await volumesLeft(volumes)).toEqual([])
  })
})

afterAll(() => {
  const skipped = ways.filter(([, {missing}]) => missing !== undefined)
  say(`matrix: ${ways.length - skipped.length} of ${ways.length} ran, ${skipped.length} skipped`)
  for (const [title, {missing}] of skipped) say(`  skipped ${title}: ${missing}`)
})
