import {afterAll, afterEach, beforeAll, describe, expect, test} from 'vitest'
import type {Plan} from '../../src/steps/step.ts'
import {documentOf, k8sLocal, mustExit, type Running, startCli, story} from './support/cli.ts'
import {docker, dockerLines} from './support/engine.ts'
import {bundle, type Home, makeHome, removeHome} from './support/home.ts'
import {say} from './support/log.ts'
import {planOf} from './support/plan-of.ts'
import {tracesOf, volumesLeft} from './support/traces.ts'

const cluster = 'e2e-warm'
const warm = ['warm', '--json', '--progress', 'ndjson']
const create = ['create', cluster, '--warm', 'use', '--workers', '1', '--network', 'lan', '--yes', '--json']

interface Cached {
  readonly warmImages: readonly {readonly references: readonly string[]; readonly usedBy: readonly string[]}[]
}

/** Images of registries have no digest in the lock in every case, and are then not in a warm image: what is proven here is that of a bundle. */
describe.skipIf(bundle === undefined)('warm node images', () => {
  let home: Home
  let running: Running[] = []
  beforeAll(async () => {
    home = makeHome()
    await k8sLocal(home, ['cache', 'clear', '--only', 'warm', '--yes'])
  })
  afterEach(async () => {
    for (const one of running) one.signal('SIGTERM', 'program')
    await Promise.allSettled(running.map(({finished}) => finished))
    running = []
  })
  afterAll(async () => {
    await k8sLocal(home, ['delete', cluster, '--yes'])
    await k8sLocal(home, ['cache', 'clear', '--only', 'warm', '--yes'])
    removeHome(home)
  })

  test.each([
    ['images are unpacked', /into k8s-local-warm-/],
    ['the store is copied', /taking the unpacked images/],
    ['the engine writes the image', /^writing /],
  ])('a build that is interrupted while %s leaves nothing', async (moment, note) => {
    const build = startCli(home, warm)
    running = [build]
    await build.until(moment, (event) => event.type === 'step-note' && note.test(event.note), 240)
    const volumes = await volumesOfBuilds()
    const sent = Date.now()
    build.signal('SIGINT', 'program')
    const finished = await build.finished

    say(`SIGINT while ${moment}: exit ${finished.exitCode} after ${(Date.now() - sent) / 1000} s`)
    expect(finished.exitCode, story(finished)).toBe(130)
    expect(await buildContainers()).toEqual([])
    expect(volumes.length).toBeGreaterThan(0)
    expect(await volumesLeft(volumes)).toEqual([])
    expect((await cached(home)).warmImages).toEqual([])
  })

  test('what a build leaves that is killed, the next one removes; and two at once make one image', async () => {
    const killed = startCli(home, warm)
    await killed.until(
      'it unpacks',
      (event) => event.type === 'step-note' && /into k8s-local-warm-/.test(event.note),
      240,
    )
    killed.signal('SIGKILL', 'group')
    await killed.finished
    expect(await buildContainers()).toHaveLength(1)

    running = [startCli(home, warm), startCli(home, warm)]
    const ended = await Promise.all(running.map(({finished}) => finished))

    for (const one of ended) expect(one.exitCode, story(one)).toBe(0)
    const statuses = ended.map((one) => documentOf<{status: string}>(one).status)
    say(`two builds at once: ${statuses.join(', ')}, ${ended.map(({seconds}) => seconds.toFixed(1)).join(' s and ')} s`)
    expect(statuses.toSorted()).toEqual(['already', 'done'])
    expect((await cached(home)).warmImages).toHaveLength(1)
    expect(await buildContainers()).toEqual([])
  })

  test('create starts from it without importing a byte, and what it made is proven', async () => {
    const [reference = ''] = (await cached(home)).warmImages.flatMap(({references}) => references)
    const making = startCli(home, [...create, '--progress', 'ndjson'], {timeoutSeconds: 420})
    running = [making]
    const made = await making.finished

    expect(made.exitCode, story(made)).toBe(0)
    const plan = planOf(making.events)
    expect(plan.notes?.join()).toContain(`Nodes start from the warm image ${reference}`)
    const types = new Set(plan.steps.map(({action}) => action.type))
    for (const type of ['import-images', 'pull-images', 'copy-cni-plugins'] as const) expect(types).not.toContain(type)
    expect(making.events.filter((event) => event.type === 'step-progress' && event.unit === 'bytes')).toEqual([])
    say(`created from a warm image in ${documentOf<{seconds: number}>(made).seconds.toFixed(1)} s`)
    await mustExit(0, home, ['verify', cluster], {timeoutSeconds: 420})
  })

  test('its nodes have put in place what layers delete, and run what was in it', async () => {
    const node = `${cluster}-worker`

    expect(await docker('exec', node, 'ls', '/var/lib/k8s-local')).toBe('')
    expect(await docker('exec', node, 'systemctl', 'show', '-p', 'Result', '--value', 'k8s-local-warm')).toBe('success')
    const images = await docker('exec', node, 'crictl', 'images')
    for (const name of ['cilium', 'multus-cni', 'whereabouts', 'probe']) expect(images).toContain(name)
  })

  test('cache clear keeps an image that nodes were made from, and removes it when they are gone', async () => {
    const kept = await mustExit(0, home, ['cache', 'clear', '--only', 'warm', '--yes'])
    expect(kept.stderr).toContain(`the nodes of ${cluster} were made from it`)
    expect((await cached(home)).warmImages.map(({usedBy}) => usedBy)).toEqual([[cluster]])

    await mustExit(0, home, ['delete', cluster, '--yes'])
    expect(await tracesOf(cluster, home)).toEqual([])
    const [reference = ''] = (await cached(home)).warmImages.flatMap(({references}) => references)
    await mustExit(0, home, ['cache', 'clear', '--only', 'warm', '--yes'])

    expect((await cached(home)).warmImages).toEqual([])
    expect(await dockerLines('image', 'ls', '-q', reference)).toEqual([])
  })

  test('an image that only bears the name is refused, and made anew when that is asked for', async () => {
    const planned = await mustExit(0, home, ['warm', '--dry-run', '--json'])
    const action = documentOf<Plan>(planned).steps.find((step) => step.action.type === 'build-warm-image')?.action
    if (action?.type !== 'build-warm-image') throw new Error(story(planned))
    const {image, node} = action
    await docker('tag', (node.reference ?? '').replace(/@.*/, ''), image.reference)
    try {
      const plan = documentOf<Plan>(await mustExit(0, home, [...create, '--dry-run']))
      expect(plan.notes?.join()).toContain(`${image.reference} is not used`)
      expect(plan.steps.some((step) => step.action.type === 'import-images')).toBe(true)

      await mustExit(0, home, warm)
      expect((await cached(home)).warmImages.flatMap(({references}) => references)).toEqual([image.reference])
    } finally {
      await docker('image', 'rm', image.reference)
    }
  })
})

async function cached(home: Home): Promise<Cached> {
  return documentOf<Cached>(await mustExit(0, home, ['cache', 'list', '--json']))
}

function buildContainers(): Promise<readonly string[]> {
  return dockerLines('ps', '-a', '--filter', 'name=^k8s-local-warm-', '--format', '{{.Names}}')
}

async function volumesOfBuilds(): Promise<readonly string[]> {
  const names = await buildContainers()
  const format = '{{range .Mounts}}{{if eq .Type "volume"}}{{println .Name}}{{end}}{{end}}'
  const lines = names.length > 0 ? await dockerLines('container', 'inspect', '--format', format, ...names) : []
  return lines.filter((line) => line !== '')
}
