import {addressText, cidrText, parseAddress, parseCidr} from './cidr.ts'
import {type Parsed, shown} from './field-kinds.ts'

/** A name as Kubernetes asks of a label: lower-case letters, digits and dashes. */
export function readName({
  what,
  longest,
}: {
  readonly what: string
  readonly longest: number
}): (raw: unknown) => Parsed<string> {
  return (raw) => {
    if (typeof raw !== 'string' || !label.test(raw)) {
      return {
        fault: `${shown(raw)} is not a name for ${what}: use lower-case letters, digits and dashes, starting and ending with a letter or digit`,
      }
    }
    if (raw.length > longest)
      return {fault: `'${raw}' has ${raw.length} characters: a name for ${what} has at most ${longest}`}
    return {value: raw}
  }
}

/** A name with dots, as Kubernetes asks of objects. */
export function readObjectName(what: string): (raw: unknown) => Parsed<string> {
  return (raw) =>
    typeof raw === 'string' && raw.length <= 253 && raw.split('.').every((part) => label.test(part))
      ? {value: raw}
      : {fault: `${shown(raw)} is not a name for ${what}`}
}

/** An IPv4 subnet in canonical text. Host bits are a fault, as the subnet meant might be another. */
export function readSubnet(raw: unknown): Parsed<string> {
  const cidr = typeof raw === 'string' ? parseCidr(raw) : undefined
  if (cidr === undefined) return {fault: `${shown(raw)} is not a subnet such as 172.30.5.0/24`}
  const canonical = cidrText(cidr)
  if (cidr.base.family === 6) return {fault: `${canonical} is IPv6: k8s-local makes IPv4 clusters`}
  if (canonical !== raw) return {fault: `${shown(raw)} has bits set behind its prefix (did you mean ${canonical}?)`}
  return {value: canonical}
}

/** An address in canonical text. */
export function readAddress(raw: unknown): Parsed<string> {
  const address = typeof raw === 'string' ? parseAddress(raw) : undefined
  return address === undefined
    ? {fault: `${shown(raw)} is not an address such as 172.30.5.40`}
    : {value: addressText(address)}
}

/** The name of a network interface: at most 15 characters, and what Linux and CNI refuse left out (libcni pkg/utils). */
export function readInterfaceName(raw: unknown): Parsed<string> {
  return typeof raw === 'string' && /^[^\s/:@,]{1,15}$/.test(raw) && raw !== '.' && raw !== '..'
    ? {value: raw}
    : {fault: `${shown(raw)} is not an interface name: at most 15 characters, without spaces, '/', ':' and '@'`}
}

/** The MAC address of one interface, in lower case: six bytes, not one of a group. */
export function readMac(raw: unknown): Parsed<string> {
  const mac = typeof raw === 'string' ? raw.toLowerCase() : ''
  if (!/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/.test(mac))
    return {fault: `${shown(raw)} is not a MAC address such as 02:00:5e:00:00:01`}
  return Number.parseInt(mac.slice(0, 2), 16) % 2 === 1
    ? {fault: `${shown(raw)} is the MAC address of a group: the first byte of an interface's is even`}
    : {value: mac}
}

/** An extended resource of nodes: a domain and a name. */
export function readResource(raw: unknown): Parsed<string> {
  return typeof raw === 'string' && /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?\/[A-Za-z0-9]([-\w.]*[A-Za-z0-9])?$/.test(raw)
    ? {value: raw}
    : {fault: `${shown(raw)} is not a resource such as intel.com/sriov`}
}

/** Any text that is not empty. */
export function readText(raw: unknown): Parsed<string> {
  return typeof raw === 'string' && raw.trim() !== '' ? {value: raw} : {fault: `${shown(raw)} is not a text`}
}

/** Seconds, from a number or from a text such as `90s`, `15m`, `1h30m`. */
export function readSeconds(raw: unknown): Parsed<number> {
  const seconds = typeof raw === 'string' ? secondsOf(raw.trim()) : raw
  return typeof seconds === 'number' && Number.isInteger(seconds) && seconds > 0
    ? {value: seconds}
    : {fault: `${shown(raw)} is not a time such as 90s, 15m or 1h30m`}
}

const label = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/

function secondsOf(duration: string): number | undefined {
  if (/^\d+$/.test(duration)) return Number(duration)
  const match = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(duration)
  if (!match || duration === '') return undefined
  const [, hours = '0', minutes = '0', seconds = '0'] = match
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
}
