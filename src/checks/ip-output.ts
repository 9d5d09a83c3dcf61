/** What `ip -o addr` and `ip -o link` print, of iproute2 as well as of busybox, as data. */

export interface InterfaceAddress {
  readonly interface: string
  readonly address: string
  readonly prefix: number
}

export interface Link {
  readonly interface: string
  readonly mtu: number
  /** Lower case; undefined for links without one. */
  readonly mac?: string
  readonly up: boolean
}

/**
 * The IPv4 addresses of `ip -o addr` output, in its order. Lines that describe links, which busybox prints among them, and lines of
 * IPv6 are passed over; `eth0@if5` is `eth0`.
 */
export function parseAddresses(text: string): readonly InterfaceAddress[] {
  return text.split('\n').flatMap((line) => {
    const match = /^\d+:\s+(\S+)\s+inet\s+([\d.]+)(?:\/(\d+))?(?:\s+peer\s+[\d.]+\/(\d+))?/.exec(line)
    if (!match?.[1] || !match[2]) return []
    return [{interface: plainName(match[1]), address: match[2], prefix: Number(match[3] ?? match[4] ?? 32)}]
  })
}

/** An IPv6 address, with what the kernel says of its duplicate address detection. */
export interface Ipv6Address extends InterfaceAddress {
  readonly scope: string
  /** Nobody has claimed it yet, and nobody may use it. */
  readonly tentative: boolean
  /** Somebody else has it. */
  readonly duplicate: boolean
}

/** The IPv6 addresses of `ip -o addr` output, of iproute2 and of busybox, in its order. */
export function parseIpv6Addresses(text: string): readonly Ipv6Address[] {
  return text.split('\n').flatMap((line) => {
    const match = /^\d+:\s+(\S+)\s+inet6\s+([0-9a-f:.]+)\/(\d+)\s+scope (\S+)\s*([^\\]*)/.exec(line)
    const [, name, address, prefix, scope = '', flags = ''] = match ?? []
    if (!name || !address) return []
    const duplicate = /\bdadfailed\b/.test(flags)
    return [
      {
        interface: plainName(name),
        address,
        prefix: Number(prefix),
        scope,
        tentative: !duplicate && /\btentative\b/.test(flags),
        duplicate,
      },
    ]
  })
}

/** The links of `ip -o link` output, in its order. Also reads the link lines of busybox's `ip -o addr`. */
export function parseLinks(text: string): readonly Link[] {
  return text.split('\n').flatMap((line) => {
    const match = /^\d+:\s+([^\s:]+):\s+<([^>]*)>.*?\bmtu (\d+)/.exec(line)
    if (!match?.[1]) return []
    const mac = /link\/ether\s+([0-9a-f:]{17})/i.exec(line)?.[1]?.toLowerCase()
    const flags = (match[2] ?? '').split(',')
    return [{interface: plainName(match[1]), mtu: Number(match[3]), up: flags.includes('UP'), ...(mac ? {mac} : {})}]
  })
}

/** The interfaces that default routes of `ip -4 route` leave by, first one first. */
export function parseDefaultRoutes(text: string): readonly {readonly interface: string; readonly gateway?: string}[] {
  return text.split('\n').flatMap((line) => {
    if (!/^(default|0\.0\.0\.0\/0)\b/.test(line)) return []
    const device = /\bdev (\S+)/.exec(line)?.[1]
    const gateway = /\bvia (\S+)/.exec(line)?.[1]
    return device ? [{interface: device, ...(gateway ? {gateway} : {})}] : []
  })
}

function plainName(name: string): string {
  return name.replace(/:$/, '').replace(/@.*$/, '')
}
