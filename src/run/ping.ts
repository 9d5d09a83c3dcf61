import type {KubernetesDriver} from '../drivers/ports.ts'
import type {NetworkStatus} from '../plan/facts.ts'
import type {Probe, Seen} from '../steps/check-request.ts'
import type {GatherContext} from './gather.ts'
import {networkStatus} from './network-status.ts'

/** Pings one pod from another over one attachment, bound to the interface: without that an answer may come by the primary network. */
export async function ping(
  {namespace, from, to, network, count}: Extract<Probe, {type: 'ping'}>,
  {kubernetes, signal}: GatherContext,
): Promise<Seen> {
  const client = await kubernetes()
  const [source, target] = await Promise.all(
    [from, to].map((pod) => attachmentOf(client, {namespace, pod, network}, signal)),
  )
  if (typeof source === 'string') return {type: 'failed', reason: source}
  if (typeof target === 'string') return {type: 'failed', reason: target}
  const address = target?.ips?.[0]
  if (!source?.interface || !address)
    return {
      type: 'failed',
      reason: `${!address ? to : from} has no ${!address ? 'address' : 'interface'} on ${network}`,
    }
  const argv = ['ping', '-c', String(count), '-i', '0.2', '-W', '2', '-I', source.interface, address]
  const {stdout, stderr} = await client.exec({namespace, name: from}, argv, {signal})
  return {type: 'ping', interface: source.interface, address, ...readPing(stdout), output: `${stdout}${stderr}`.trim()}
}

/** The figures that ping printed, of iputils (`rtt min/avg/max/mdev = …`) and of busybox (`round-trip min/avg/max = …`). Nothing received where it printed none. */
export function readPing(output: string): {
  readonly sent: number
  readonly received: number
  readonly averageMs: number | null
} {
  const [, sent = '0', received = '0'] = /(\d+) packets transmitted, (\d+) (?:packets )?received/.exec(output) ?? []
  const [, average] = /(?:rtt|round-trip) min\/avg\/max(?:\/mdev)? = [\d.]+\/([\d.]+)\//.exec(output) ?? []
  return {sent: Number(sent), received: Number(received), averageMs: average === undefined ? null : Number(average)}
}

interface Wanted {
  readonly namespace: string
  readonly pod: string
  readonly network: string
}

/** The entry of a pod's network-status for a network, or why there is none. */
async function attachmentOf(
  client: KubernetesDriver,
  {namespace, pod, network}: Wanted,
  signal: AbortSignal,
): Promise<NetworkStatus | string> {
  const object = await client.read({apiVersion: 'v1', kind: 'Pod', namespace, name: pod}, signal)
  if (!object) return `pod ${namespace}/${pod} does not exist`
  const status = networkStatus(object)
  return (
    status.find(({name}) => name === network) ??
    `pod ${namespace}/${pod} has no attachment to ${network}; its network-status names: ${status.map(({name}) => name).join(', ') || 'nothing'}`
  )
}
