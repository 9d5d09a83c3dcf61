import {parseAddresses, parseIpv6Addresses, parseLinks} from './ip-output.ts'

/** One interface of a pod as its own kernel has it. */
export interface InsideInterface {
  readonly interface: string
  readonly up: boolean
  readonly mtu: number
  /** Lower case; absent for interfaces without one. */
  readonly mac?: string
  /** With prefix length; those of one link only (fe80::) left out. */
  readonly addresses: readonly string[]
  /** `default via 10.244.1.1`, `172.30.0.0/24`: without the interface. */
  readonly routes: readonly string[]
}

/** From `ip -j addr` and `ip -j route` of iproute2; undefined where a text is not their JSON, as busybox' is not. */
export function readInsideJson(addr: string, routes: readonly string[]): readonly InsideInterface[] | undefined {
  try {
    const links = JSON.parse(addr) as readonly JsonLink[]
    const all = routes.flatMap((text) => JSON.parse(text.trim() || '[]') as readonly JsonRoute[])
    return links.map(({ifname, mtu, address, flags = [], link_type: type, addr_info: info = []}) => ({
      interface: ifname,
      up: flags.includes('UP'),
      mtu,
      ...(type === 'ether' && address !== undefined && {mac: address.toLowerCase()}),
      addresses: info.flatMap(({local, prefixlen, scope}) =>
        local && scope !== 'link' ? [`${local}/${prefixlen}`] : [],
      ),
      routes: all
        .filter((route) => route.dev === ifname && !route.dst.startsWith('fe80:'))
        .map(({dst, gateway}) => (gateway === undefined ? dst : `${dst} via ${gateway}`)),
    }))
  } catch {
    return undefined
  }
}

/** The same from the text of `ip -o addr`, `ip -o link` and `ip route`. */
export function readInsideText(addr: string, link: string, route: string): readonly InsideInterface[] {
  const addresses = [...parseAddresses(addr), ...parseIpv6Addresses(addr).filter(({scope}) => scope !== 'link')]
  const routes = route.split('\n').flatMap((line) => {
    const [, dst, dev] = /^(\S+).*\bdev (\S+)/.exec(line) ?? []
    const gateway = /\bvia (\S+)/.exec(line)?.[1]
    return dst && dev && !dst.startsWith('fe80:')
      ? [{dev, text: gateway === undefined ? dst : `${dst} via ${gateway}`}]
      : []
  })
  return parseLinks(link).map(({interface: name, up, mtu, mac}) => ({
    interface: name,
    up,
    mtu,
    ...(mac !== undefined && {mac}),
    addresses: addresses.filter((one) => one.interface === name).map((one) => `${one.address}/${one.prefix}`),
    routes: routes.filter(({dev}) => dev === name).map(({text}) => text),
  }))
}

interface JsonLink {
  readonly ifname: string
  readonly mtu: number
  readonly address?: string
  readonly flags?: readonly string[]
  readonly link_type?: string
  readonly addr_info?: readonly {readonly local?: string; readonly prefixlen: number; readonly scope?: string}[]
}

interface JsonRoute {
  readonly dst: string
  readonly dev?: string
  readonly gateway?: string
}
