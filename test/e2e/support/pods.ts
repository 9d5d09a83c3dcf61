import {inPod, nicOf, nodeOf, ping} from './cluster.ts'
import {say} from './log.ts'

/** A test pod and one of its interfaces. */
export interface End {
  readonly pod: string
  readonly nic: string
}

/**
 * Pings both ways, each bound to its interface, and puts nodes, addresses and ping's own figures into the log.
 * Throws when one packet is lost in a direction: one machine, no wire, so nothing may be.
 */
export async function reachBothWays(cluster: string, one: End, other: End): Promise<void> {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    const [source, target] = [await nicOf(cluster, from.pod, from.nic), await nicOf(cluster, to.pod, to.nic)]
    const way = `${from.pod} on ${await nodeOf(cluster, from.pod)} ${from.nic} ${source.address} → ${to.pod} on ${await nodeOf(cluster, to.pod)} ${to.nic} ${target.address}`
    await routedOver(cluster, from, target.address)
    const seen = await ping(cluster, from.pod, from.nic, target.address)
    say(`${way}\n    ${seen.text}`)
    if (seen.received !== seen.sent || seen.sent === 0)
      throw new Error(`${way}: ${seen.received} of ${seen.sent} answered`)
    if (!(seen.averageMs >= 0 && seen.averageMs < 1000)) throw new Error(`${way}: no round-trip time in "${seen.text}"`)
  }
}

/** Proves that the kernel sends to the address over that interface by itself, without `ping -I`. */
async function routedOver(cluster: string, from: End, address: string): Promise<void> {
  const route = await inPod(cluster, from.pod, ['ip', '-4', 'route', 'get', address])
  if (!new RegExp(`dev ${from.nic}\\b`).test(route))
    throw new Error(`${from.pod} sends to ${address} by another way: ${route}`)
}
