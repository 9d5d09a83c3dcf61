import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {type Trial, trialsOn} from '../../support/trial-networks.ts'
import {documentOf, type Finished, k8sLocal, mustExit, startCli} from '../support/cli.ts'
import {kubectl} from '../support/cluster.ts'
import {docker, ran} from '../support/engine.ts'
import {say} from '../support/log.ts'
import type {Stage, Suite} from '../support/stage.ts'

interface Tried {
  readonly networks: readonly {
    readonly passed: boolean
    readonly nodes: readonly {readonly node: string; readonly seconds: number}[]
    readonly checks: readonly {
      readonly check: string
      readonly status: string
      readonly summary: string
      readonly evidence?: readonly string[]
      readonly cause?: string
      readonly fix?: string
    }[]
  }[]
}

/** Depend on the kernel, or on a setting of the nodes, of whoever runs this. */
const kernelTrials = ['ipvlan', 'vlan', 'dummy', 'vrf', 'ipv6-switched-off']

export const rehearsals: Suite = (stage) => {
  const folder = mkdtempSync(join(tmpdir(), 'k8s-local-e2e-try-'))
  const [worker] = stage.nodes.workers
  let master = ''
  let trials: Readonly<Record<string, Trial>> = {}

  beforeAll(async () => {
    const {networks} = documentOf<{networks: {name: string; master?: string}[]}>(
      await mustExit(0, stage.home, ['net', 'list', '--json', ...stage.at]),
    )
    master = networks.find(({name}) => name === 'wan')?.master ?? 'eth2'
    trials = trialsOn(master, '10.97.0')
  })
  afterAll(() => rmSync(folder, {recursive: true}))

  /** The words of one rehearsal of a trial. */
  const argvOf = (name: string, {config, ip, mac}: Trial): readonly string[] => {
    const file = join(folder, `${name}.yaml`)
    const object = {
      apiVersion: 'k8s.cni.cncf.io/v1',
      kind: 'NetworkAttachmentDefinition',
      metadata: {name},
      spec: config === '' ? {} : {config},
    }
    writeFileSync(file, JSON.stringify(object))
    return ['net', 'try', file, '--json', ...(ip ? ['--ip', ip] : []), ...(mac ? ['--mac', mac] : [])]
  }

  test.each(Object.entries(trialsOn('', '')).flatMap(([name, {verdict}]) => (verdict === undefined ? [name] : [])))(
    '%s on every node, and leaves nothing',
    async (name) => {
      const ended = await mustExit(0, stage.home, [...argvOf(name, trials[name] as Trial), ...stage.at])

      const [network] = documentOf<Tried>(ended).networks
      expect(network?.nodes.map(({node}) => node).toSorted()).toEqual([...stage.nodes.all].toSorted())
      expect(await traces(stage)).toEqual([])
    },
  )

  test.each(Object.entries(trialsOn('', '')).flatMap(([name, {verdict}]) => (verdict?.endsWith('fail') ? [name] : [])))(
    "%s fails in the plugin's words and in ours, and leaves nothing",
    async (name) => {
      const trial = trials[name] as Trial
      const where = name === 'one-range-on-all-nodes' ? [] : ['--node', worker]
      const ended = await k8sLocal(stage.home, [...argvOf(name, trial), ...stage.at, ...where])

      explains(ended, trial, {mayWork: kernelTrials.includes(name)})
      expect(await traces(stage)).toEqual([])
    },
  )

  test('a network of the cluster, by whereabouts, frees its leases; a node takes about a second', async () => {
    const seconds: number[] = []
    for (let round = 0; round < 5; round += 1) {
      const {networks} = documentOf<Tried>(
        await mustExit(0, stage.home, [
          ...argvOf('bridge-works', trials['bridge-works'] as Trial),
          '--node',
          worker,
          ...stage.at,
        ]),
      )
      seconds.push(networks[0]?.nodes[0]?.seconds ?? Number.NaN)
    }
    const median = seconds.toSorted((a, b) => a - b)[2] ?? Number.NaN
    say(
      `a rehearsal takes ${median.toFixed(2)} s on a node, median of ${seconds.map((one) => one.toFixed(2)).join(', ')}`,
    )

    await mustExit(0, stage.home, ['net', 'try', 'lan', ...stage.at])

    expect(median).toBeLessThan(10)
    expect(await traces(stage)).toEqual([])
  })

  test('Ctrl-C in the middle takes everything back', async () => {
    const running = startCli(stage.home, ['net', 'try', 'lan', ...stage.at], {timeoutSeconds: 120})
    while ((await namespaces(worker)).length === 0) await new Promise((resolve) => setTimeout(resolve, 50))
    running.signal('SIGINT', 'group')

    const {exitCode, stderr} = await running.finished
    expect([exitCode, stderr]).toEqual([130, expect.stringContaining('removed')])
    expect(await traces(stage)).toEqual([])
  })

  test('a deadline in the middle takes everything back', async () => {
    const {exitCode} = await k8sLocal(stage.home, ['net', 'try', 'lan', '--timeout', '1s', ...stage.at])

    expect(exitCode).toBe(4)
    expect(await traces(stage)).toEqual([])
  })

  describe.skipIf(process.getuid?.() !== 0)('without a cluster, as root', () => {
    const onHost = async (name: string, trial: Trial) => {
      const before = await hostState()
      const ended = await k8sLocal(stage.home, [...argvOf(name, trial), '--host'])
      expect(await hostState()).toEqual(before)
      return ended
    }

    test.each(['bridge-works', 'chain-works', 'ptp-works', 'tap-works', 'address-works'])('%s', async (name) => {
      const {exitCode} = await onHost(name, trialsOn('eth1', '10.97.0')[name] as Trial)

      expect(exitCode).toBe(0)
    })

    test.each([
      'missing-master',
      'missing-plugin',
      'pool-exhausted',
      'mtu-above-master',
      'dhcp-without-daemon',
      'one-range-on-all-nodes',
      'not-json',
      'vlan',
    ])('%s is explained', async (name) => {
      const trial = trialsOn('eth1', '10.97.0')[name] as Trial

      explains(await onHost(name, trial), trial, {mayWork: kernelTrials.includes(name)})
    })
  })
}

function explains(
  ended: Finished,
  {verdict = '', words = /./, cause = /./}: Trial,
  {mayWork}: {readonly mayWork: boolean},
): void {
  const [network] = documentOf<Tried>(ended).networks
  if (mayWork && network?.passed === true) return
  const [check, status] = verdict.split(' ')
  const found = network?.checks.find((one) => one.check === check && one.status === status)
  expect(ended.exitCode).toBe(1)
  expect([found?.summary, ...(found?.evidence ?? [])].join('\n')).toMatch(words)
  expect(found?.cause ?? found?.summary).toMatch(cause)
}

/** What a rehearsal could have left, by the nodes' own tools and the API: namespaces, interfaces, lease files and pools that carry its name. */
async function traces({cluster, nodes}: Stage): Promise<readonly string[]> {
  const perNode = await Promise.all(
    nodes.all.map(async (node) => {
      const links = (await docker('exec', node, 'ip', '-o', 'link'))
        .split('\n')
        .filter((line) => /br-trial|bridge-that/.test(line))
      const files = await ran(['docker', 'exec', node, 'grep', '-rl', 'k8s-local-try', '/run/cni', '/var/lib/cni'])
      return [...(await namespaces(node)), ...links, ...files.stdout.split('\n').filter((line) => line !== '')]
    }),
  )
  const pools = await kubectl(cluster, [
    'get',
    'ippools.whereabouts.cni.cncf.io',
    '-A',
    '-o',
    'json',
    '--ignore-not-found',
  ])
  return [...perNode.flat(), ...(pools.includes('k8s-local-try') ? ['a lease in an IPPool'] : [])]
}

async function namespaces(node: string): Promise<readonly string[]> {
  const text = await docker('exec', node, 'ip', 'netns', 'list')
  return text.split('\n').filter((line) => line.startsWith('k8s-local-try'))
}

/** Namespaces, and folders of plugins' data, of this machine. */
async function hostState(): Promise<readonly string[]> {
  const {stdout} = await ran(['ip', 'netns', 'list'])
  const folders = await ran(['find', '/var/lib/cni', '/run/cni'])
  return [stdout, folders.stdout]
}
