import {afterAll, beforeAll, expect, test} from 'vitest'
import {mustExit} from '../support/cli.ts'
import {kubectl} from '../support/cluster.ts'
import {apply, inside, pinged, podObjects, startPods} from './attached-pods.ts'
import {lanAddress, removeNetworks} from './network-facts.ts'
import type {Suite} from './stage.ts'

const namespace = 'e2e-dhcp'

/** Addresses from a DHCP server on the network, asked for by the daemon that net add installs. */
export const dhcp: Suite = (stage) => {
  const [node] = stage.nodes.workers
  const at = (pod: string) => ({namespace, pod})
  const add = (...words: readonly string[]) =>
    mustExit(0, stage.home, [
      'net',
      'add',
      'macvlan',
      ...words,
      '--master',
      'lan',
      '--namespace',
      namespace,
      ...stage.at,
    ])

  beforeAll(async () => {
    await kubectl(stage.cluster, ['create', 'namespace', namespace])
    await add('asked', '--ipam', 'dhcp')
    await add('server', '--ipam', 'static')
    const address = await lanAddress(stage, 240)
    const [pod] = await podObjects(stage, namespace, [
      {name: 'server', node, networks: [{name: 'server', ips: [`${address}/24`]}]},
    ])
    await apply(stage, [serving(pod as Pod, await serverConfig())])
    await kubectl(stage.cluster, ['-n', namespace, 'wait', '--for=condition=Ready', '--timeout=60s', 'pod/server'], 70)
  }, 120_000)
  afterAll(() => removeNetworks(stage, namespace), 120_000)

  test('a pod gets the address that the server gives, and no default route', async () => {
    await startPods(stage, namespace, [{name: 'first', node, networks: [{name: 'asked'}]}])

    expect((await inside(stage, at('first'), 'net1')).addresses).toEqual([`${await lanAddress(stage, 241)}/24`])
    expect(await pinged(stage, {...at('first'), nic: 'net1'}, await lanAddress(stage, 240))).toBe(3)
  }, 60_000)

  test('the address of a pod that has gone goes to the next', async () => {
    await kubectl(stage.cluster, ['-n', namespace, 'delete', 'pod', 'first', '--wait'], 60)
    await startPods(stage, namespace, [{name: 'second', node, networks: [{name: 'asked'}]}])

    expect((await inside(stage, at('second'), 'net1')).addresses).toEqual([`${await lanAddress(stage, 241)}/24`])
  }, 120_000)

  async function serverConfig(): Promise<string> {
    return [
      `start ${await lanAddress(stage, 241)}`,
      `end ${await lanAddress(stage, 241)}`,
      'interface net1',
      'max_leases 1',
      'lease_file /tmp/leases',
      'pidfile /tmp/pid',
      'option subnet 255.255.255.0',
      '',
    ].join('\n')
  }
}

interface Pod {
  readonly spec: {readonly containers: readonly object[]}
}

/** The pod with busybox' DHCP server in it. On one node with its clients: an internal engine network drops what has no address yet. */
function serving(pod: Pod, config: string): object {
  const command = ['sh', '-c', 'echo "$CONFIG" >/tmp/conf; touch /tmp/leases; exec busybox udhcpd -f /tmp/conf']
  const container = {...pod.spec.containers[0], command, env: [{name: 'CONFIG', value: config}]}
  return {...pod, spec: {...pod.spec, containers: [container]}}
}
