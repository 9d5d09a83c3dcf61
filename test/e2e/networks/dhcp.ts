import {afterAll, beforeAll, expect, test} from 'vitest'
import {mustExit} from '../support/cli.ts'
import {kubectl} from '../support/cluster.ts'
import {docker} from '../support/engine.ts'
import {hostOf, inside, pinged, startPods} from './attached-pods.ts'
import {lanAddress, removeNetworks, routesOf} from './network-facts.ts'
import type {Stage, Suite} from '../support/stage.ts'

const namespace = 'e2e-dhcp'

/** Addresses from DHCP servers that net add runs on each node, asked for by the daemon that it installs. */
export const dhcp: Suite = (stage) => {
  const [here, there] = stage.nodes.workers
  const at = (pod: string) => ({namespace, pod})
  const net = (...words: readonly string[]) =>
    mustExit(0, stage.home, ['net', ...words, '--namespace', namespace, '--yes', ...stage.at])

  beforeAll(async () => {
    await kubectl(stage.cluster, ['create', 'namespace', namespace])
    const range = ['--range-start', await lanAddress(stage, 240), '--range-end', await lanAddress(stage, 245)]
    const route = ['--route', `10.9.0.0/16=${await lanAddress(stage, 1)}`]
    const asked = ['add', 'macvlan', 'asked', '--master', 'lan', '--ipam', 'dhcp', '--dhcp-server', ...range, ...route]
    await net(...asked)
    await net(...asked)
  }, 240_000)
  afterAll(() => removeNetworks(stage, namespace), 120_000)

  test('pods on two nodes get the address that the server of their node gives, and reach each other', async () => {
    await startPods(stage, namespace, [
      {name: 'first', node: here, networks: [{name: 'asked'}]},
      {name: 'other', node: there, networks: [{name: 'asked'}]},
    ])

    const [first, other] = [await inside(stage, at('first'), 'net1'), await inside(stage, at('other'), 'net1')]
    expect(first.addresses).toEqual([`${await leasedBy(stage, here)}/24`])
    expect(other.addresses).toEqual([`${await leasedBy(stage, there)}/24`])
    expect(await pinged(stage, {...at('first'), nic: 'net1'}, hostOf(other))).toBe(3)
  }, 120_000)

  test('a pod gets the routes that were asked for, and no default route', async () => {
    const routes = await routesOf(stage, at('first'))

    expect(routes.filter((route) => route.includes('dev net1'))).toEqual([
      `10.9.0.0/16 via ${await lanAddress(stage, 1)} dev net1`,
      `${await lanAddress(stage, 0)}/24 dev net1`,
    ])
  }, 30_000)

  test('the servers go with the network, and nothing of them stays', async () => {
    await kubectl(stage.cluster, ['-n', namespace, 'delete', 'pod', 'first', 'other', '--wait'], 60)
    await net('remove', 'asked')

    const kinds = 'daemonsets,pods,configmaps,network-attachment-definitions'
    const left = await kubectl(stage.cluster, ['-n', namespace, 'get', kinds, '-o', 'name'])
    expect(left.trim()).toBe('configmap/kube-root-ca.crt')
    for (const node of stage.nodes.all)
      expect(await docker('exec', node, 'find', '/etc/cni/multus/net.d', '-name', `${namespace}-*`)).toBe('')
  }, 120_000)
}

/** The one address that the server of a node hands out: six addresses make two for each of three nodes, the first for the server itself. */
function leasedBy(stage: Stage, node: string): Promise<string> {
  return lanAddress(stage, 241 + 2 * stage.nodes.all.indexOf(node))
}
