import type {NetworkOption} from '../catalog/network/network-option.ts'
import {spanSize} from '../spec/address.ts'
import {cidrText} from '../spec/cidr.ts'
import type {NetworkSpec} from '../spec/network-spec.ts'
import {sizeText} from './address-range.ts'
import type {IpamChoice} from './choose-ipam.ts'
import type {NetworkAddresses} from './network-addresses.ts'
import {type Master, optionsOf} from './network-master.ts'
import type {NetworkSite} from './network-site.ts'
import type {PreflightFinding} from './preflight-finding.ts'

/** What the type itself objects to, and an MTU that the master cannot carry. */
export function lintFindings(spec: NetworkSpec, option: NetworkOption, master: Master): readonly PreflightFinding[] {
  const findings = option.lint({
    ...optionsOf(spec),
    ...masterFor(spec, option, master),
  })
  const mtu = master.nic?.mtu
  const large: readonly PreflightFinding[] =
    spec.mtu !== undefined && mtu !== undefined && spec.mtu > mtu
      ? [
          {
            problem: 'invalid-input',
            at: '--mtu',
            message: `MTU ${spec.mtu} is larger than that of the master, ${mtu}`,
            fix: `use at most ${mtu}`,
          },
        ]
      : []
  return [...findings.map((finding) => ({problem: 'invalid-input' as const, ...finding})), ...large]
}

/** That no master was found is told by the search for it. */
function masterFor({master}: NetworkSpec, {hasMaster}: NetworkOption, found: Master): {readonly master?: string} {
  if (hasMaster) return {master: found.interface ?? master ?? 'not found'}
  return master === undefined ? {} : {master}
}

/** A bridge on the nodes and host-local's leases are named after the network alone, so a second network of the name would share them. */
export function twinFindings(
  spec: NetworkSpec,
  {networks}: NetworkSite,
  {hasMaster}: NetworkOption,
): readonly PreflightFinding[] {
  const twin = networks.find(({name, namespace}) => name === spec.name && namespace !== spec.namespace)
  if (!twin || (hasMaster && spec.ipam === 'whereabouts')) return []
  return [
    {
      problem: 'invalid-input',
      at: 'NAME',
      message: `namespace ${twin.namespace} has a network ${spec.name} too, and both would share bridge and leases on the nodes`,
      fix: `choose another name, or attach to it as ${twin.namespace}/${twin.name}`,
    },
  ]
}

/** Too few addresses for a slice on each node. */
export function roomFindings(
  {span, subnet}: NetworkAddresses,
  {sliced}: IpamChoice,
  {nodes}: NetworkSite,
): readonly PreflightFinding[] {
  if (!sliced || spanSize(span) >= BigInt(nodes.length)) return []
  return [
    {
      problem: 'invalid-input',
      at: '--range-start',
      message: `${sizeText(span)} of ${cidrText(subnet)} cannot be divided among ${nodes.length} nodes`,
      fix: 'widen the range, or use --ipam whereabouts',
    },
  ]
}
