import {networkTypes} from '../catalog/network/index.ts'
import type {NetworkOption} from '../catalog/network/network-option.ts'
import type {NetworkSpec} from '../spec/network-spec.ts'
import {buildNetwork} from './build-network.ts'
import {chooseIpam} from './choose-ipam.ts'
import {dhcpServerFindings} from './dhcp-server.ts'
import {type AddressChoice, chooseAddresses} from './network-addresses.ts'
import {mtuFindings, roomFindings, routeFindings, twinFindings} from './network-findings.ts'
import {findMaster, type Master} from './network-master.ts'
import type {NetworkSite} from './network-site.ts'
import {standingFindings} from './network-standing.ts'
import {refuse} from './preflight-finding.ts'
import type {ResolvedNetwork} from './resolved-network.ts'

/**
 * A network with everything decided: master, subnets, ranges, IPAM, and the objects and files that it becomes. Addresses never collide: neither with the
 * nodes' own, nor with another network on the same layer 2, nor between nodes.
 * Throws one Problem with all that is wrong (invalid-input, artifact-unavailable, kernel-lacks-link, device-not-advertised).
 */
export function resolveNetwork(spec: NetworkSpec, site: NetworkSite): ResolvedNetwork {
  const option: NetworkOption = networkTypes[spec.type]
  const master: Master = option.hasMaster === false ? {findings: [], notes: []} : findMaster(spec, site)
  const ipam = chooseIpam(spec, site, option)
  const addresses: AddressChoice =
    ipam.option.source === 'range' || spec.dhcpServer === true
      ? chooseAddresses({spec, option, site, master})
      : {pools: [], findings: []}
  refuse([
    ...standingFindings(spec, site),
    ...mtuFindings(spec, master),
    ...master.findings,
    ...twinFindings(spec, site, {option, ipam}),
    ...ipam.findings,
    // Without a master the subnet cannot be told: one finding is enough.
    ...(master.findings.length === 0 ? addresses.findings : []),
    ...roomFindings(addresses.pools, ipam, site),
    ...dhcpServerFindings(spec, addresses.pools, site),
    ...(addresses.findings.length === 0 ? routeFindings(spec, addresses.pools) : []),
  ])
  return buildNetwork({spec, option, master, ipam, pools: addresses.pools, site})
}
