import {afterAll, beforeAll, expect, test} from 'vitest'
import {documentOf, mustExit} from '../support/cli.ts'
import {kubectl} from '../support/cluster.ts'
import {docker, ran} from '../support/engine.ts'
import type {Suite} from '../support/stage.ts'

const namespace = 'e2e-refused'

const kinds = [
  ['ipvlan', ['ipvlan'], ['type', 'ipvlan', 'mode', 'l2']],
  ['vlan', ['vlan', '--vlan', '100'], ['type', 'vlan', 'id', '5']],
  ['dummy', ['dummy'], ['type', 'dummy']],
  ['vrf', ['ptp', '--chain', 'vrf:name=blue'], ['type', 'vrf', 'table', '10']],
] as const

/** What the kernel or the nodes lack is refused with their own words, and written down for elsewhere all the same. */
export const refusedTypes: Suite = (stage) => {
  const node = stage.nodes.workers[0]

  beforeAll(async () => {
    await kubectl(stage.cluster, ['create', 'namespace', namespace])
  })
  afterAll(async () => {
    await kubectl(stage.cluster, ['delete', 'namespace', namespace, '--wait=false'])
  })

  test.each(kinds)('%s: refused with the words of the kernel, where it makes none', async (kind, wish, words) => {
    const [type, ...flags] = wish
    const argv = ['net', 'add', type, 'nope', ...flags, '--namespace', namespace, ...stage.at]
    const shown = await mustExit(0, stage.home, [...argv, '--output', 'json'])
    const kernel = await kernelSays(node, words)

    expect(JSON.parse(shown.stdout)).toMatchObject({kind: 'NetworkAttachmentDefinition'})
    if (kernel === undefined) {
      await mustExit(0, stage.home, [...argv, '--dry-run'])
      return
    }
    const refused = await mustExit(3, stage.home, [...argv, '--json'])
    expect(documentOf(refused)).toMatchObject({
      error: {code: 'KL-2012', suggestions: [expect.stringContaining('sudo modprobe')]},
    })
    expect(refused.stdout).toContain(`makes no ${kind} link: ${kernel}`)
    expect(shown.stderr).toContain(`not on this cluster: the kernel of the nodes makes no ${kind} link`)
  })

  test.each(kinds)(
    '%s: the plugin reads the configuration, and fails only at the kernel',
    async (kind, wish, words) => {
      const [type, ...flags] = wish
      const argv = ['net', 'add', type, 'nope', ...flags, '--namespace', namespace, ...stage.at, '--output', 'json']
      const {stdout} = await mustExit(0, stage.home, argv)
      const said = await pluginSays(
        node,
        kind,
        (JSON.parse(stdout) as {readonly spec: {readonly config: string}}).spec.config,
      )

      const isMade = (await kernelSays(node, words)) === undefined

      expect(said).toMatch(isMade ? /./ : /operation not supported/i)
    },
  )

  test('SR-IOV: refused where no node advertises the resource', async () => {
    const argv = ['net', 'add', 'sriov', 'fast', '--resource', 'intel.com/sriov', '--namespace', namespace, ...stage.at]
    const shown = await mustExit(0, stage.home, [...argv, '--output', 'json'])
    const refused = await mustExit(3, stage.home, [...argv, '--json'])

    expect(shown.stdout).toContain('"k8s.v1.cni.cncf.io/resourceName": "intel.com/sriov"')
    expect(documentOf(refused)).toMatchObject({error: {code: 'KL-5007'}})
  })
}

/** Why the kernel of the node makes no such link; undefined where it does. Asked in a namespace that ends with the program. */
async function kernelSays(node: string, words: readonly string[]): Promise<string | undefined> {
  const link = ['docker', 'exec', node, 'unshare', '--net', 'ip', 'link', 'add', 'name', 'x', ...words] as const
  const {stderr} = await ran(['docker', ...link.slice(1)])
  return /^.*(?:Unknown device type|not supported).*$/m.exec(stderr)?.[0]
}

/** What the plugin of that type answers to an ADD of the configuration, in a namespace made for it. */
async function pluginSays(node: string, plugin: string, config: string): Promise<string> {
  const {plugins, ...list} = JSON.parse(config) as {readonly plugins?: readonly {readonly type: string}[]}
  const one = plugins?.find(({type}) => type === plugin) ?? {}
  const before = plugins ? {prevResult: {cniVersion: '0.3.1', interfaces: [], ips: []}} : {}
  const variables = {
    CNI_COMMAND: 'ADD',
    CNI_CONTAINERID: 'e2e-refused',
    CNI_NETNS: '/run/netns/e2e-refused',
    CNI_IFNAME: 'net1',
    CNI_PATH: '/opt/cni/bin',
  }
  const env = Object.entries(variables).flatMap(([name, value]) => ['--env', `${name}=${value}`])
  await docker('exec', node, 'ip', 'netns', 'add', 'e2e-refused')
  try {
    const argv = ['docker', 'exec', '--interactive', ...env, node, `/opt/cni/bin/${plugin}`] as const
    const {stdout} = await ran(['docker', ...argv.slice(1)], {stdin: JSON.stringify({...list, ...one, ...before})})
    return stdout
  } finally {
    await docker('exec', node, 'ip', 'netns', 'delete', 'e2e-refused')
  }
}
