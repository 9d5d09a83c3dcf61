import {addressText, parseAddress} from './cidr.ts'
import {type Parsed, shown} from './field-kinds.ts'
import type {Bandwidth, PortMapping} from './pod-spec.ts'

/** Something asked of one of a pod's networks; without the network where there is only one. */
export interface Requested<T> {
  /** As `--network` has it, or its name, or the interface. */
  readonly network?: string
  readonly value: T
  /** The value as it was written. */
  readonly text: string
}

type Read<T> = (raw: unknown) => Parsed<Requested<T>>

/** The address with or without its prefix length. */
export const readRequestedAddress: Read<string> = requested('an address such as 172.30.5.40 or data=172.30.5.40', toIp)

/** Lower case. */
export const readRequestedMac: Read<string> = requested(
  'a MAC address of one machine such as 02:00:5e:10:00:01 or data=02:00:5e:10:00:01',
  (text) => (/^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/i.test(text) && isOneMachine(text) ? text.toLowerCase() : undefined),
)

/** `RATE`, or `IN/OUT` as the pod sees it; K, M and G are thousands. */
export const readRequestedBandwidth: Read<Bandwidth> = requested(
  'a rate in bits per second such as 10M, or 10M/2M for into and out of the pod, or data=10M',
  toBandwidth,
)

/** `[ADDRESS:]HOSTPORT:PORT[/PROTOCOL]`, tcp unless said. */
export const readRequestedPort: Read<PortMapping> = requested(
  'a port mapping such as 8080:80, 5353:53/udp or data=8080:80',
  toPortMapping,
)

export const readRequestedGateway: Read<string> = requested(
  'the address of a gateway such as 172.30.5.1 or data=172.30.5.1',
  (text) => {
    const address = parseAddress(text)
    return address && addressText(address)
  },
)

function requested<T>(what: string, parse: (text: string) => T | undefined): Read<T> {
  return (raw) => {
    const match = typeof raw === 'string' ? /^(?:([^=]+)=)?([^=]+)$/.exec(raw) : null
    const [, network, text = ''] = match ?? []
    const value = parse(text)
    if (value === undefined) return {fault: `${shown(raw)} is not ${what}`}
    return {value: {value, text: typeof value === 'string' ? value : text, ...(network !== undefined && {network})}}
  }
}

function toIp(text: string): string | undefined {
  const [, host = '', prefix] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? []
  const address = parseAddress(host)
  const longest = address?.family === 6 ? 128 : 32
  if (address === undefined || Number(prefix ?? 0) > longest) return undefined
  return `${addressText(address)}${prefix === undefined ? '' : `/${prefix}`}`
}

/** The lowest bit of the first octet is for groups; no interface takes such an address, nor the one of zeros. */
function isOneMachine(mac: string): boolean {
  return Number.parseInt(mac.slice(0, 2), 16) % 2 === 0 && /[1-9a-f]/i.test(mac)
}

function toBandwidth(text: string): Bandwidth | undefined {
  const [into, out = into, ...rest] = text.split('/').map(toRate)
  if (into === undefined || out === undefined || rest.length > 0) return undefined
  return {ingressRate: into, ingressBurst: burstOf(into), egressRate: out, egressBurst: burstOf(out)}
}

function toRate(text: string): number | undefined {
  const [, digits, unit = ''] = /^(\d+(?:\.\d+)?)([kmg])?$/i.exec(text) ?? []
  if (digits === undefined) return undefined
  const rate = Math.round(Number(digits) * (units[unit.toLowerCase()] ?? 1))
  return rate >= 1000 && rate <= 100e9 ? rate : undefined
}

const units: Readonly<Record<string, number>> = {k: 1e3, m: 1e6, g: 1e9}

/** A tenth of a second's worth, and never less than a few full packets: the plugin refuses a rate without a burst, and 4 GiB (plugins v1.9.1 meta/bandwidth). */
function burstOf(rate: number): number {
  return Math.min(Math.max(Math.round(rate / 10), 32 * 1024 * 8), 2 ** 31)
}

function toPortMapping(text: string): PortMapping | undefined {
  const [, hostIP, host, port, protocol = 'tcp'] =
    /^(?:([\d.]+):)?(\d{1,5}):(\d{1,5})(?:\/(tcp|udp|sctp))?$/.exec(text) ?? []
  const [hostPort, containerPort] = [Number(host), Number(port)]
  if (!isPort(hostPort) || !isPort(containerPort)) return undefined
  if (hostIP !== undefined && parseAddress(hostIP) === undefined) return undefined
  return {
    hostPort,
    containerPort,
    protocol: protocol as PortMapping['protocol'],
    ...(hostIP !== undefined && {hostIP}),
  }
}

function isPort(number: number): boolean {
  return Number.isInteger(number) && number > 0 && number < 65_536
}
