import type {NetworkOption} from '../catalog/network/network-option.ts'
import type {Finding} from '../problem.ts'
import type {NetworkSpec} from './network-spec.ts'

/** Where the value of a key came from. */
type Place = (key: string) => string

/** What keeps DHCP servers from a network. They are pods on it themselves, and busybox' udhcpd knows IPv4 alone. */
export function dhcpServerFindings(spec: NetworkSpec, {servesDhcp}: NetworkOption, at: Place): readonly Finding[] {
  const {type, name, ipam, dhcpServer, options = {}} = spec
  if (dhcpServer !== true) return []
  const place = at('dhcpServer')
  const ofIpv6 = (['subnets', 'rangeStarts', 'rangeEnds', 'gateways', 'routes'] as const).filter((key) =>
    spec[key]?.some((one) => (typeof one === 'string' ? one : one.to).includes(':')),
  )
  return [
    ...(ipam === 'dhcp'
      ? []
      : [
          {
            at: place,
            message: 'only a network whose pods ask for addresses needs a DHCP server',
            fix: 'Say --ipam dhcp too',
          },
        ]),
    ...(servesDhcp?.(options) === true
      ? []
      : [
          {
            at: place,
            message: `on this ${type} network a pod cannot serve the others: that needs macvlan in mode bridge`,
            fix: `Leave ${place} out, or k8s-local net add macvlan`,
          },
        ]),
    ...ofIpv6.map((key) => ({at: at(key), message: 'the DHCP server hands out IPv4 only', fix: 'Name IPv4 alone'})),
    ...(name.length > longestServed
      ? [{at: at('name'), message: `with a DHCP server a name has at most ${longestServed} characters`}]
      : []),
  ]
}

/** With `-dhcp` behind it the name is the value of a label, which Kubernetes limits to 63 characters. */
const longestServed = 58
