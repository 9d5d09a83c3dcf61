import {kubectl} from '../support/cluster.ts'
import {docker} from '../support/engine.ts'
import {inPod} from './attached-pods.ts'
import type {Stage} from '../support/stage.ts'

/** An address of the extra network `lan`, by its last byte. */
export async function lanAddress({cluster}: Stage, host: number): Promise<string> {
  const format = '{{(index .IPAM.Config 0).Subnet}}'
  const subnet = await docker('network', 'inspect', `${cluster}-lan`, '--format', format)
  return subnet.replace(/\.\d+\/\d+$/, `.${host}`)
}

/** The NIC that an extra network gives to a node. */
export async function nicOf({cluster}: Stage, node: string, network: string): Promise<string> {
  const format = `{{(index .NetworkSettings.Networks "${cluster}-${network}").IPAddress}}`
  const address = await docker('inspect', node, '--format', format)
  const line = (await docker('exec', node, 'ip', '-o', '-4', 'addr'))
    .split('\n')
    .find((one) => one.includes(` ${address}/`))
  return line?.split(/\s+/)[1] ?? ''
}

/** The first address, with its prefix, that the configuration on a node lets it hand out. */
export async function firstOfSlice(node: string, file: string): Promise<string> {
  const {ipam} = JSON.parse(await docker('exec', node, 'cat', file)) as {
    readonly ipam: {readonly ranges: readonly (readonly {readonly rangeStart: string; readonly subnet: string}[])[]}
  }
  const range = ipam.ranges[0]?.[0]
  return `${range?.rangeStart}/${range?.subnet.split('/')[1]}`
}

/** The main routing table of a pod, without what the kernel says of scopes and sources. */
export async function routesOf(
  stage: Stage,
  pod: {readonly namespace: string; readonly pod: string},
): Promise<readonly string[]> {
  const text = await inPod(stage, pod, 'ip', 'route')
  return text.split('\n').map((line) => line.replace(/ (?:proto|scope|src|mtu|linkdown).*$/, '').trim())
}

/** Takes away all that a suite made: its pods first, its namespace, and its files on the nodes. */
export async function removeNetworks({cluster, nodes}: Stage, namespace: string): Promise<void> {
  await kubectl(cluster, ['-n', namespace, 'delete', 'pods', '--all', '--wait', '--ignore-not-found'], 90)
  await kubectl(cluster, ['delete', 'namespace', namespace, '--ignore-not-found', '--wait=false'])
  for (const node of nodes.all)
    await docker('exec', node, 'find', '/etc/cni/multus/net.d', '-name', `${namespace}-*`, '-delete')
}
