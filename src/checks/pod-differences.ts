import type {InsideInterface} from './pod-inside.ts'

/** What Multus has reported of one interface. */
export interface ReportedInterface {
  readonly interface: string
  readonly network: string
  readonly ips: readonly string[]
  /** Empty: not reported. */
  readonly mac: string
  readonly primary: boolean
}

/** Where the pod is not as network-status says, one sentence each. */
export function podDifferences(
  reported: readonly ReportedInterface[],
  inside: readonly InsideInterface[],
): readonly string[] {
  const strangers = inside
    .filter(({interface: name}) => name !== 'lo' && !reported.some((one) => one.interface === name))
    .filter(({addresses}) => addresses.length > 0)
  return [
    ...reported.flatMap((one) => {
      const found = inside.find(({interface: name}) => name === one.interface)
      return found ? ofInterface(one, found) : [`${one.interface} of ${one.network} is not in the pod`]
    }),
    ...strangers.map(({interface: name}) => `${name} is in the pod, and network-status does not name it`),
  ]
}

function ofInterface({interface: name, ips, mac}: ReportedInterface, inside: InsideInterface): readonly string[] {
  const hosts = inside.addresses.map((address) => address.split('/')[0] ?? address)
  const same = ips.length === hosts.length && ips.every((ip) => hosts.includes(ip))
  const words = (list: readonly string[]) => (list.length === 0 ? 'no address' : list.join(', '))
  return [
    ...(same ? [] : [`network-status gives ${name} ${words(ips)}, and the pod has ${words(hosts)}`]),
    ...(mac !== '' && inside.mac !== undefined && mac.toLowerCase() !== inside.mac
      ? [`network-status gives ${name} the MAC address ${mac}, and the pod has ${inside.mac}`]
      : []),
    ...(inside.up ? [] : [`${name} is down`]),
  ]
}

/** Where the default route leaves, when not by the primary interface. No difference: network-status calls the primary the default, whatever the routes are (multus v4.3.0 pkg/multus). */
export function defaultRouteNotes(
  reported: readonly ReportedInterface[],
  inside: readonly InsideInterface[],
): readonly string[] {
  const primary = reported.find((one) => one.primary)?.interface
  const leaving = inside
    .filter(({routes}) => routes.some((route) => route.startsWith('default')))
    .map((one) => one.interface)
  if (primary === undefined || leaving.length === 0 || (leaving.length === 1 && leaving[0] === primary)) return []
  return [`the default route leaves by ${leaving.join(', ')}, and the cluster network is ${primary}`]
}
