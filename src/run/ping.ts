import {readPing} from '../checks/ping-output.ts'
import type {KubernetesDriver} from '../drivers/ports.ts'
import type {NetworkStatus} from '../plan/facts.ts'
import type {Probe, Seen} from '../steps/check-request.ts'
import type {GatherContext} from './gather.ts'
import {networkStatus} from './network-status.ts'

/** Pings one pod from another over one attachment, bound to the interface: without that an answer may come by the primary network. */
export async function ping(
  {namespace, from, to, toNamespace = namespace, network, count, payload}: Extract<Probe, {type: 'ping'}>,
  {kubernetes, signal, lookSeconds}: GatherContext,
): Promise<Seen> {
  const client = await kubernetes()
  const [source, target] = await Promise.all(
    [
      {namespace, pod: from, network},
      {namespace: toNamespace, pod: to, network},
    ].map((wanted) => attachmentOf(client, wanted, signal)),
  )
  if (typeof source === 'string') return {type: 'failed', reason: source}
  if (typeof target === 'string') return {type: 'failed', reason: target}
  const address = target?.ips?.[0]
  if (!source?.interface || !address)
    return {
      type: 'failed',
      reason: `${!address ? to : from} has no ${!address ? 'address' : 'interface'} on ${network}`,
    }
  const size = payload === undefined ? [] : ['-s', String(payload)]
  const argv = ['ping', '-c', String(count), '-i', '0.2', '-W', '2', ...size, '-I', source.interface, address]
  const {stdout, stderr} = await client.exec({namespace, name: from}, argv, {
    signal,
    ...(lookSeconds !== undefined && {timeoutSeconds: lookSeconds}),
  })
  return {type: 'ping', interface: source.interface, address, ...readPing(stdout), output: `${stdout}${stderr}`.trim()}
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
