import {networkTypes} from '../catalog/network/index.ts'
import type {NetworkOption} from '../catalog/network/network-option.ts'
import type {NetworkSpec} from '../spec/network-spec.ts'
import {buildNetwork} from './build-network.ts'
import {chooseIpam} from './choose-ipam.ts'
import {chooseAddresses} from './network-addresses.ts'
import {lintFindings, roomFindings, twinFindings} from './network-findings.ts'
import {findMaster, type Master} from './network-master.ts'
import type {NetworkSite} from './network-site.ts'
import {refuse} from './preflight-finding.ts'
import type {ResolvedNetwork} from './resolved-network.ts'

/**
 * A network with everything decided: master, subnet, range, IPAM, and the objects and files that it becomes. Addresses never collide: neither with the nodes'
 * own, nor with another network on the same layer 2, nor between nodes.
 * Throws one Problem with all that is wrong (invalid-input, artifact-unavailable).
 */
export function resolveNetwork(spec: NetworkSpec, site: NetworkSite): ResolvedNetwork {
  const option: NetworkOption = networkTypes[spec.type]
  const master: Master = option.hasMaster ? findMaster(spec, site) : {findings: [], notes: []}
  const ipam = chooseIpam(spec, site, option)
  const addresses = chooseAddresses(spec, site, master)
  const findings = [
    ...lintFindings(spec, option, master),
    ...master.findings,
    ...twinFindings(spec, site, option),
    ...ipam.findings,
    // Without a master the subnet cannot be told: one finding is enough.
    ...('findings' in addresses && master.findings.length === 0 ? addresses.findings : []),
    ...('span' in addresses ? roomFindings(addresses, ipam, site) : []),
  ]
  refuse(findings)
  if (!('span' in addresses)) throw new Error(`no addresses were chosen for ${spec.name}`)
  return buildNetwork({spec, option, master, ipam, addresses, nodes: site.nodes})
}
