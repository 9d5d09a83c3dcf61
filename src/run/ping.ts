import {readPing} from '../checks/ping-output.ts'
import type {Probe, Seen} from '../steps/check-request.ts'
import {spellOut} from './attachment-of.ts'
import type {GatherContext} from './gather.ts'

/** Pings one pod from another over one attachment, bound to the interface: without that an answer may come by the primary network. */
export async function ping(
  {namespace, from, to, toNamespace = namespace, network, count, payload}: Extract<Probe, {type: 'ping'}>,
  {kubernetes, signal, lookSeconds}: GatherContext,
): Promise<Seen> {
  const of = network === undefined ? {} : {network}
  const [name = '', address = ''] = await spellOut(
    [{interface: {namespace, pod: from, ...of}}, {address: {namespace: toNamespace, pod: to, ...of}}],
    kubernetes,
    signal,
  )
  const size = payload === undefined ? [] : ['-s', String(payload)]
  const argv = ['ping', '-c', String(count), '-i', '0.2', '-W', '2', ...size, '-I', name, address]
  const client = await kubernetes()
  const {stdout, stderr} = await client.exec({namespace, name: from}, argv, {
    signal,
    ...(lookSeconds !== undefined && {timeoutSeconds: lookSeconds}),
  })
  return {type: 'ping', interface: name, address, ...readPing(stdout), output: `${stdout}${stderr}`.trim()}
}
