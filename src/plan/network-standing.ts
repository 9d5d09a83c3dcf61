import {chainPlugins} from '../catalog/chain/index.ts'
import type {ChainOption} from '../catalog/chain/chain-option.ts'
import type {KernelLink} from '../catalog/kernel-link.ts'
import type {NetworkOption} from '../catalog/network/network-option.ts'
import {networkTypes} from '../catalog/network/index.ts'
import type {NetworkSpec} from '../spec/network-spec.ts'
import type {NetworkSite} from './network-site.ts'
import type {PreflightFinding} from './preflight-finding.ts'

/** What the machine of the nodes lacks for a network: it can be written down all the same, and works elsewhere. */
export function standingFindings(spec: NetworkSpec, site: NetworkSite): readonly PreflightFinding[] {
  const option: NetworkOption = networkTypes[spec.type]
  const chained = (spec.chains ?? []).map(({plugin}) => ({
    at: '--chain',
    link: (chainPlugins[plugin] as ChainOption).link,
  }))
  return [
    ...[{at: 'TYPE', link: option.link}, ...chained].flatMap(({at, link}) => linkFindings(at, link, site)),
    ...resourceFindings(spec, option, site),
  ]
}

/** Why a type cannot be used on the nodes; undefined where it can, or where nobody looked. */
export function whyNot({link}: NetworkOption, site: NetworkSite): string | undefined {
  return linkFindings('TYPE', link, site)[0]?.message
}

function linkFindings(
  at: string,
  link: KernelLink | undefined,
  {refusedLinks}: NetworkSite,
): readonly PreflightFinding[] {
  const words = link === undefined ? undefined : refusedLinks[link.kind]
  if (link === undefined || words === undefined) return []
  return [
    {
      problem: 'kernel-lacks-link',
      at,
      message: `the kernel of the nodes makes no ${link.kind} link: ${words}`,
      fix: `sudo modprobe ${link.module}`,
    },
  ]
}

function resourceFindings(
  {options = {}}: NetworkSpec,
  {resourceOption}: NetworkOption,
  {resources}: NetworkSite,
): readonly PreflightFinding[] {
  const wanted = resourceOption === undefined ? undefined : options[resourceOption]
  if (typeof wanted !== 'string' || resources === undefined || resources.includes(wanted)) return []
  return [
    {
      problem: 'device-not-advertised',
      at: `--${resourceOption}`,
      message: `no node advertises ${wanted}: ${resources.length > 0 ? `they have ${resources.join(', ')}` : 'they have no devices'}`,
      fix: 'a device plugin on nodes with such a NIC advertises it; nodes that are containers have none. Write it down for such a cluster: --output yaml',
    },
  ]
}
