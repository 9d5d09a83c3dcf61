import {afterAll, beforeAll, expect, test} from 'vitest'
import {mustExit} from '../support/cli.ts'
import {kubectl} from '../support/cluster.ts'
import {docker} from '../support/engine.ts'
import type {Stage, Suite} from '../support/stage.ts'
import {chainOntoPrimary, putChained, unchainPrimary} from './chained-primary.ts'
import {troubles, verdictsOf} from './verdicts.ts'

const namespace = 'chain-e2e'

/** Beside Cilium's file, with the name of its network: Multus needs not be told of it. */
const primaryFolder = '/etc/cni/net.d/cilium'

/** Plugins that thick Multus chains onto the primary network take effect, by the check and by the kernel of a pod that verify has not made. */
export const primaryChain: Suite = (stage) => {
  beforeAll(async () => {
    await kubectl(stage.cluster, ['create', 'namespace', namespace])
  })
  afterAll(async () => {
    await kubectl(stage.cluster, ['delete', 'namespace', namespace, '--ignore-not-found', '--timeout=120s'], 130)
  })

  test('a folder that Multus is told of is proven on every node', async () => {
    try {
      await chainOntoPrimary(stage)
      expect(await valueInPod(stage)).toBe('1')
      expect(await summaries(stage)).toEqual([
        expect.stringMatching(/^no probe pod runs there; tuning of \S+10-tuning\.conf can be called$/),
        ...stage.nodes.workers.map(() =>
          expect.stringMatching(/^net\.ipv4\.conf\.eth0\.arp_filter is 1 in probe-\d, by \S+$/),
        ),
      ])
    } finally {
      await unchainPrimary(stage)
    }
  })

  test("a folder with the name of the primary CNI's network is proven on every node", async () => {
    const tuning = {name: 'tuning', type: 'tuning', sysctl: {'net.ipv4.conf.IFNAME.arp_filter': '1'}}
    try {
      for (const node of stage.nodes.all)
        await putChained(node, `${primaryFolder}/10-tuning.conf`, JSON.stringify(tuning))
      expect(await valueInPod(stage)).toBe('1')
      expect((await summaries(stage)).slice(1)).toEqual(
        stage.nodes.workers.map(() => expect.stringMatching(/^net\.ipv4\.conf\.eth0\.arp_filter is 1 in .*\/cilium\//)),
      )
    } finally {
      for (const node of stage.nodes.all) await docker('exec', node, 'rm', '-rf', primaryFolder)
    }
  })

  test('without a folder nothing is chained, and the check says so', async () => {
    expect(await valueInPod(stage)).toBe('0')
    const verdicts = await verdictsOf(stage, {tier: 'default', flags: ['--check', 'primary-chain']})
    expect(verdicts.map(({status, summary}) => `${status}: ${summary}`)).toEqual(
      stage.nodes.all.map(() => 'skip: Multus chains nothing onto the primary network'),
    )
  })
}

/** What the check says of the control plane and the workers, where all that pods get is as it should be. */
async function summaries(stage: Stage): Promise<readonly string[]> {
  const verdicts = await verdictsOf(stage, {tier: 'default', flags: ['--check', 'attach']})
  expect(troubles(verdicts).filter(({status}) => status !== 'warn')).toEqual([])
  const own = verdicts.filter(({check}) => check === 'primary-chain')
  expect(own.map(({status}) => status)).toEqual(['pass', 'pass', 'pass'])
  return stage.nodes.all.map((node) => own.find(({subject}) => subject === node)?.summary ?? '')
}

/** The sysctl that is chained, in a new pod of the second worker, which is removed again. */
async function valueInPod({cluster, home, at, nodes}: Stage): Promise<string> {
  const name = 'chained'
  const where = ['-n', namespace]
  const flags = ['--namespace', namespace, '--node', nodes.workers[1], '--network', 'default/lan']
  await mustExit(0, home, ['pod', 'add', name, ...flags, ...at])
  try {
    return await kubectl(cluster, ['exec', ...where, name, '--', 'cat', '/proc/sys/net/ipv4/conf/eth0/arp_filter'])
  } finally {
    await kubectl(cluster, ['delete', 'pod', ...where, name, '--timeout=60s'], 70)
  }
}
