import {type IpamName, ipams} from '../catalog/ipam/index.ts'
import type {IpamOption} from '../catalog/ipam/ipam-option.ts'
import type {NetworkOption} from '../catalog/network/network-option.ts'
import type {NetworkSpec} from '../spec/network-spec.ts'
import type {NetworkSite} from './network-site.ts'
import type {PreflightFinding} from './preflight-finding.ts'

export interface IpamChoice {
  readonly name: IpamName
  readonly option: IpamOption
  /** Each node hands out its own part. */
  readonly sliced: boolean
  readonly findings: readonly PreflightFinding[]
  readonly notes: readonly string[]
}

/** As asked for; else what keeps addresses unique on this many nodes, with what can be had. */
export function chooseIpam(
  spec: NetworkSpec,
  {nodes, ipams: usable}: NetworkSite,
  {spansNodes}: NetworkOption,
): IpamChoice {
  const shared = spansNodes && nodes.length > 1
  const preferred: IpamName = shared && usable.includes('whereabouts') ? 'whereabouts' : 'host-local'
  const name = spec.ipam ?? preferred
  const option: IpamOption = ipams[name]
  const sliced = shared && !option.uniqueAcrossNodes && option.source === 'range'
  const missing: PreflightFinding = {
    problem: 'artifact-unavailable',
    at: '--ipam',
    message: `${name} is not installed, and its image cannot be had`,
    fix: 'use --ipam host-local, or a bundle that has it',
  }
  const notes = [
    ...(sliced && spec.ipam === undefined
      ? ['whereabouts cannot be had: each node hands out its own slice of the range (host-local)']
      : []),
    ...(spec.dhcpServer === true ? [] : (option.notes ?? [])),
    ...(option.source === 'list' && spec.addresses === undefined
      ? ['each pod has to ask for an address, with its prefix: nobody hands one out']
      : []),
  ]
  return {name, option, sliced, findings: usable.includes(name) ? [] : [missing], notes}
}
